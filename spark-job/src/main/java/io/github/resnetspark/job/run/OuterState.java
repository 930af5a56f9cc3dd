package io.github.resnetspark.job.run;

/**
 * What {@link OuterStep} hands from one round to the next.
 *
 * @param velocity of the outer momentum {@code [numParams]}; empty where there is none
 * @param ema the moving average of the parameters {@code [numParams]}; empty where there is none
 * @param rounds that the moving average is of
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of floats; compared by nobody.
public record OuterState(float[] velocity, float[] ema, long rounds) {
    public static final OuterState NONE = new OuterState(new float[0], new float[0], 0);
}
