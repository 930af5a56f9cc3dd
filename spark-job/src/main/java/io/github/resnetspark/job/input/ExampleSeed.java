package io.github.resnetspark.job.input;

import io.github.resnetspark.job.plan.SplitMix64;

/** The seed of one picture's augmentation: a function of run, epoch and example, whoever decodes it and when. */
final class ExampleSeed {
    private ExampleSeed() {}

    static long of(long seed, int epoch, long example) {
        return mix(mix(mix(seed) + epoch) + example);
    }

    private static long mix(long value) {
        return SplitMix64.mix(value + SplitMix64.GOLDEN_GAMMA);
    }
}
