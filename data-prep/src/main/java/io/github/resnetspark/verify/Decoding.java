package io.github.resnetspark.verify;

/** How many pictures a verification decodes; the header of each is read in any case. */
public enum Decoding {
    /** Each picture; the manifest's mean and standard deviation are computed again, too. */
    ALL,
    /** The first of every 16 pictures. */
    SAMPLE;

    private static final int SAMPLED_OF = 16;

    boolean includes(long row) {
        return this == ALL || row % SAMPLED_OF == 0;
    }
}
