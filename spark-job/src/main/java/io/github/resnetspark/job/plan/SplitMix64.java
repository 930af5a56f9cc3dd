package io.github.resnetspark.job.plan;

/**
 * The generator of Steele, Lea and Flood, «Fast Splittable Pseudorandom Number Generators», OOPSLA 2014, written out
 * because a stored position is only worth something if the sequence is the same on every JDK.
 */
public final class SplitMix64 {
    /** What its state advances by. */
    public static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private SplitMix64() {}

    /** Its finalizer: neighbouring states give unrelated numbers. */
    public static long mix(long state) {
        long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
