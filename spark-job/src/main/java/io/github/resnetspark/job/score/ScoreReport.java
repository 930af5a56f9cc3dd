package io.github.resnetspark.job.score;

import java.util.Locale;
import java.util.Map;

/**
 * The result of scoring.
 *
 * @param table where the Parquet files are
 * @param files number of these files
 * @param pictures rows of the table
 * @param unreadable rows that have an error instead of labels
 * @param ignored files of the folder without the name of a picture
 * @param passedOver number of skipped files of the folder by kind; {@code ignored} is one kind
 * @param seconds from the first task to the last
 */
public record ScoreReport(
        String table,
        int files,
        long pictures,
        long unreadable,
        long ignored,
        Map<String, Long> passedOver,
        double seconds) {
    /** For people. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%,d pictures in %.1f s, %.0f images/s. Unreadable: %,d. Skipped files: %,d. Table: %s",
                pictures,
                seconds,
                pictures / seconds,
                unreadable,
                ignored,
                table);
    }
}
