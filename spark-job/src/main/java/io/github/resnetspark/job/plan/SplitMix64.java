package io.github.resnetspark.job.plan;

/**
 * The pseudorandom number generator of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA
 * 2014. It is implemented here because stored positions are only valid if the sequence is the same on every JDK.
 * Permutations and seeds drawn from it depend only on their arguments.
 */
public final class SplitMix64 {
    /** The increment of its state. */
    public static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    private SplitMix64(long seed) {
        this.state = seed;
    }

    /** The finalizer: adjacent states give unrelated numbers. */
    public static long mix(long state) {
        long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** A random permutation of 0 to size − 1. */
    static int[] permutation(int size, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** Combines several numbers into one seed. Adjacent numbers give unrelated seeds. */
    static long seed(long... numbers) {
        long mixed = 0;
        for (long number : numbers) {
            mixed = mix(mixed + GOLDEN_GAMMA + mix(number + GOLDEN_GAMMA));
        }
        return mixed;
    }

    private int below(int bound) {
        state += GOLDEN_GAMMA;
        // Scales the upper 32 bits to the bound: no modulo, and the bias is below bound / 2^32.
        return (int) (((mix(state) >>> 32) * bound) >>> 32);
    }
}
