package io.github.resnetspark.job.plan;

/** Permutations that are a function of their seed alone, drawn with {@link SplitMix64}. */
final class SeededShuffle {
    private long state;

    private SeededShuffle(long seed) {
        this.state = seed;
    }

    /** A permutation of 0 … size − 1. */
    static int[] permutation(int size, long seed) {
        SeededShuffle random = new SeededShuffle(seed);
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
            mixed = SplitMix64.mix(mixed + SplitMix64.GOLDEN_GAMMA + SplitMix64.mix(number + SplitMix64.GOLDEN_GAMMA));
        }
        return mixed;
    }

    private int below(int bound) {
        state += SplitMix64.GOLDEN_GAMMA;
        // The upper 32 bits scaled to the bound: no modulo, and a bias below bound / 2^32.
        return (int) (((SplitMix64.mix(state) >>> 32) * bound) >>> 32);
    }
}
