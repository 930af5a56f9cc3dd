package io.github.resnetspark.job.analyze;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an analysis tells at its end.
 *
 * @param out the directory of its files
 * @param files their names
 * @param paragraph what they show, computed from the figures
 */
public record AnalysisReport(String out, List<String> files, String paragraph) {
    /** The table, the paragraph and the pictures of an analysis; the first picture has the analysis' own name. */
    static AnalysisReport of(AnalysisDirectory directory, String name, String paragraph) {
        return new AnalysisReport(
                directory.toString(), List.of(name + ".csv", name + ".md", name + ".svg", name + ".png"), paragraph);
    }

    /** More files of the same directory. */
    AnalysisReport with(String... more) {
        return new AnalysisReport(
                out, Stream.concat(files.stream(), Stream.of(more)).toList(), paragraph);
    }
}
