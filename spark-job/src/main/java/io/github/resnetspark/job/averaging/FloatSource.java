package io.github.resnetspark.job.averaging;

/** Values by their index, as {@link java.nio.FloatBuffer#get(int, float[], int, int)} gives them. */
@FunctionalInterface
public interface FloatSource {
    /** Copies {@code count} values from index {@code from} on to {@code to[at]} and what follows. */
    void get(int from, float[] to, int at, int count);
}
