package io.github.resnetspark.job.worker;

import io.github.resnetspark.job.averaging.RawFloats;

/** Where a task gets the state from that its round begins with. */
@FunctionalInterface
public interface StateReader {
    /** One slice of it, from wherever it is. */
    RawFloats slice(int slice);
}
