package io.github.resnetspark.prepare;

import io.github.resnetspark.source.PassedOver;
import java.util.List;

/**
 * What a preparation came to.
 *
 * @param outcome whether anything had to be done
 * @param written pictures in the shards
 * @param train of those, how many to train on
 * @param validation of those, how many to validate with
 * @param rejected pictures that were left out
 * @param shards the number of shards
 * @param kept of those, how many an earlier run had finished
 * @param classes the number of classes
 * @param passedOver what lies in the source and is not read
 * @param warnings sentences on what is odd but hinders nothing
 */
public record PrepareReport(
        Outcome outcome,
        long written,
        long train,
        long validation,
        long rejected,
        int shards,
        int kept,
        int classes,
        PassedOver passedOver,
        List<String> warnings) {
    public PrepareReport {
        warnings = List.copyOf(warnings);
    }

    /** How a run ended that did not fail. */
    public enum Outcome {
        /** Shards or the manifest were written. */
        WRITTEN,
        /** The directory was already complete, from the same source and options. */
        NOTHING_TO_DO
    }
}
