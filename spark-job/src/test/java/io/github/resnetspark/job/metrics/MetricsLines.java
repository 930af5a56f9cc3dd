package io.github.resnetspark.job.metrics;

import java.util.List;

/** Lines of {@code metrics.jsonl} in tests. */
public final class MetricsLines {
    private MetricsLines() {}

    /** The lines of rounds and validations, without those of events. */
    public static List<String> figures(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith("{\"type\":\"event\""))
                .toList();
    }
}
