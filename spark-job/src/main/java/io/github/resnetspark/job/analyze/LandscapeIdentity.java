package io.github.resnetspark.job.analyze;

import io.github.resnetspark.message.job.AnalysisFailures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything that the points of a landscape depend on. Existing points are used only if all of it is the same.
 *
 * @param values by name
 */
record LandscapeIdentity(Map<String, String> values) {
    private static final String FILE = "identity.txt";
    private static final String EQUALS = " = ";

    LandscapeIdentity {
        values = new TreeMap<>(values);
    }

    /** The identity of the points in a directory; empty if the directory is new. */
    static LandscapeIdentity read(AnalysisDirectory directory) throws IOException {
        Map<String, String> values = new TreeMap<>();
        if (directory.has(FILE)) {
            directory.read(FILE).lines().forEach(line -> {
                int equals = line.indexOf(EQUALS);
                if (equals > 0) {
                    values.put(line.substring(0, equals), line.substring(equals + EQUALS.length()));
                }
            });
        }
        return new LandscapeIdentity(values);
    }

    void write(AnalysisDirectory directory) throws IOException {
        directory.write(
                FILE,
                values.entrySet().stream()
                        .map(value -> value.getKey() + EQUALS + value.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    /** Why earlier points cannot be used; empty if they can, or if there are none. */
    List<String> refusals(LandscapeIdentity begun, AnalysisDirectory directory) {
        List<String> refusals = new ArrayList<>();
        if (!begun.values.isEmpty()) {
            values.forEach((name, value) -> {
                String before = begun.values.getOrDefault(name, "not set");
                if (!before.equals(value)) {
                    refusals.add(AnalysisFailures.computedDifferently(name, value, directory.toString(), before));
                }
            });
        }
        return refusals;
    }
}
