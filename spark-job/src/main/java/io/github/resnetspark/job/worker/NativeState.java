package io.github.resnetspark.job.worker;

import io.github.resnetspark.job.averaging.RawFloats;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network's parameters and updater state where they lie, outside the Java heap. Slices are copied in and out in one go
 * each; the machine's byte order is taken to be the little-endian one of {@link RawFloats}, as it is wherever ND4J runs.
 */
public final class NativeState {
    private final ComputationGraph net;

    /** Of a network that is ready for use. */
    public NativeState(ComputationGraph net) {
        this.net = net;
    }

    /** Overwrites one slice. */
    public void write(StateSlices slices, int slice, ByteBuffer values) {
        slices.requireSize(slice, values.remaining() / Float.BYTES);
        int parameterBytes = Float.BYTES * slices.ofParameters(slice);
        int updaterBytes = values.remaining() - parameterBytes;
        if (parameterBytes > 0) {
            bytes(net.params(), slices.startInParameters(slice), parameterBytes)
                    .put(values.slice(values.position(), parameterBytes));
        }
        if (updaterBytes > 0) {
            bytes(updaterState(), slices.startInUpdaterState(slice), updaterBytes)
                    .put(values.slice(values.position() + parameterBytes, updaterBytes));
        }
    }

    /** Copies of all slices, in order. */
    public List<RawFloats> read(StateSlices slices) {
        List<RawFloats> values = new ArrayList<>();
        for (int slice = 0; slice < slices.count(); slice++) {
            values.add(read(slices, slice));
        }
        return values;
    }

    private RawFloats read(StateSlices slices, int slice) {
        byte[] values = new byte[Float.BYTES * slices.slices().size(slice)];
        int parameterBytes = Float.BYTES * slices.ofParameters(slice);
        if (parameterBytes > 0) {
            bytes(net.params(), slices.startInParameters(slice), parameterBytes).get(values, 0, parameterBytes);
        }
        if (parameterBytes < values.length) {
            bytes(updaterState(), slices.startInUpdaterState(slice), values.length - parameterBytes)
                    .get(values, parameterBytes, values.length - parameterBytes);
        }
        return new RawFloats(values);
    }

    /** The parameters {@code [numParams]} themselves, not a copy. */
    public FloatBuffer parameters() {
        return new FloatPointer(net.params().data().addressPointer())
                .capacity(net.params().length())
                .asBuffer();
    }

    private INDArray updaterState() {
        return net.getUpdater().getStateViewArray();
    }

    private static ByteBuffer bytes(INDArray array, int from, int count) {
        long begin = (long) Float.BYTES * from;
        return new BytePointer(array.data().addressPointer())
                .position(begin)
                .capacity(begin + count)
                .asBuffer();
    }
}
