package io.github.resnetspark.accel.kernel;

/** Something computed on arrays of one shape. Closing it frees its native memory. */
public interface Kernel extends AutoCloseable {

    @Override
    void close();
}
