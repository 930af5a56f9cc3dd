package io.github.resnetspark.job.worker;

/** The seed of one picture's augmentation: a function of run, epoch and example, whoever decodes it and when. */
final class ExampleSeed {
    private ExampleSeed() {}

    static long of(long seed, int epoch, long example) {
        return mix(mix(mix(seed) + epoch) + example);
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
    private static long mix(long value) {
        long mixed = value + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
