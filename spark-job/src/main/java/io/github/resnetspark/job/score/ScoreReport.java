package io.github.resnetspark.job.score;

import java.util.Locale;
import java.util.Map;

/**
 * What scoring tells at its end.
 *
 * @param table where the Parquet files are
 * @param files how many they are
 * @param pictures rows of the table
 * @param unreadable rows that have an error instead of labels
 * @param ignored files of the folder that have no picture's name
 * @param passedOver what else lies in the folder and is no row, by kind; {@code ignored} is one of them
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
                "%,d pictures in %.1f s, %.0f images/s; %,d cannot be read, %,d files have no picture's name: %s",
                pictures,
                seconds,
                pictures / seconds,
                unreadable,
                ignored,
                table);
    }
}
