package io.github.resnetspark.job.analyze;

import io.github.resnetspark.job.chart.Picture;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of an analysis.
 *
 * @param out the directory of its files
 * @param files their names
 * @param paragraph what they show, computed from the figures
 */
public record AnalysisReport(String out, List<String> files, String paragraph) {
    /**
     * Writes the table, the summary and the plot of an analysis. All files have the name of the analysis.
     *
     * @param table as CSV
     */
    static AnalysisReport write(
            AnalysisDirectory directory, String name, String table, String paragraph, Picture picture)
            throws IOException {
        directory.write(name + ".csv", table);
        directory.write(name + ".md", paragraph + "\n");
        return new AnalysisReport(directory.toString(), List.of(name + ".csv", name + ".md"), paragraph)
                .withPicture(directory, name, picture);
    }

    /** Writes one more plot, and adds its files to the report. */
    AnalysisReport withPicture(AnalysisDirectory directory, String name, Picture picture) throws IOException {
        directory.write(name, picture);
        return new AnalysisReport(
                out,
                Stream.concat(files.stream(), Stream.of(name + ".svg", name + ".png"))
                        .toList(),
                paragraph);
    }

    /** For people. */
    public String text() {
        return paragraph + "\n" + out + ": " + String.join(", ", files);
    }
}
