package io.github.resnetspark.job.worker;

import io.github.resnetspark.job.averaging.RawFloats;
import java.util.Optional;

/** Where a task gets the state from that its round begins with. */
@FunctionalInterface
public interface StateReader {
    /** One slice of it, from wherever it is. */
    RawFloats slice(int slice) throws InterruptedException;

    /**
     * Where the slices are an average as it was reduced: its running variances are still second moments around these
     * means. Nothing where they are variances.
     */
    default Optional<float[]> centre() {
        return Optional.empty();
    }
}
