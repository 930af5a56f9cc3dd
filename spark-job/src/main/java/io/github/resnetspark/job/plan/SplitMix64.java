package io.github.resnetspark.job.plan;

/**
 * The generator of Steele, Lea and Flood, «Fast Splittable Pseudorandom Number Generators», OOPSLA 2014, written out
 * because a stored position is only worth something if the sequence is the same on every JDK. Permutations and seeds that
 * are drawn with it are functions of their arguments alone.
 */
public final class SplitMix64 {
    /** What its state advances by. */
    public static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    private SplitMix64(long seed) {
        this.state = seed;
    }

    /** Its finalizer: neighbouring states give unrelated numbers. */
    public static long mix(long state) {
        long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** A permutation of 0 … size − 1. */
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

    /** One seed out of several numbers, so that neighbouring numbers give unrelated seeds. */
    static long seed(long... numbers) {
        long mixed = 0;
        for (long number : numbers) {
            mixed = mix(mixed + GOLDEN_GAMMA + mix(number + GOLDEN_GAMMA));
        }
        return mixed;
    }

    private int below(int bound) {
        state += GOLDEN_GAMMA;
        // The upper 32 bits scaled to the bound: no modulo, and a bias below bound / 2^32.
        return (int) (((mix(state) >>> 32) * bound) >>> 32);
    }
}
