package io.github.resnetspark.prepare;

import io.github.resnetspark.source.PassedOver;
import java.util.List;

/**
 * The result of a preparation.
 *
 * @param outcome whether there was anything to do
 * @param written the number of pictures in the shards
 * @param train the number of training pictures among them
 * @param validation the number of validation pictures among them
 * @param rejected the number of pictures that were skipped because they are unusable
 * @param shards the number of shards
 * @param kept the number of shards reused from an earlier run
 * @param classes the number of classes
 * @param passedOver what the source contains but is not read
 * @param warnings sentences about unusual data that is usable
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

    /** How a successful run ended. */
    public enum Outcome {
        /** Shards or the manifest were written. */
        WRITTEN,
        /** The directory was already complete for this source and these options. */
        NOTHING_TO_DO
    }
}
