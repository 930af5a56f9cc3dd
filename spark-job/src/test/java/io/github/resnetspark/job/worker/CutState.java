package io.github.resnetspark.job.worker;

import java.util.List;

/** A state in this process, read slice by slice. */
public record CutState(NetworkState state, StateSlices cut) implements StateReader {
    @Override
    public void read(List<Integer> slices, Reading reading) throws InterruptedException {
        for (int slice : slices) {
            reading.of(slice, cut.cut(state, slice).bytes());
        }
    }
}
