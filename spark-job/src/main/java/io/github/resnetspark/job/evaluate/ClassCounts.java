package io.github.resnetspark.job.evaluate;

import java.util.OptionalDouble;

/**
 * How one class fared in an evaluation.
 *
 * @param examples pictures of it
 * @param predicted pictures, of whichever class, that were taken for it
 * @param correct pictures of it that were taken for it
 */
public record ClassCounts(long examples, long predicted, long correct) {

    /** The share of its pictures that were recognised, 0 to 1; nothing where there were none. */
    public OptionalDouble recall() {
        return examples == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) correct / examples);
    }

    /** The share of right ones among the pictures that were taken for it, 0 to 1; nothing where there were none. */
    public OptionalDouble precision() {
        return predicted == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) correct / predicted);
    }
}
