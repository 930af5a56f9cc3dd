package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.analyze.AnalysisReport;

/** What an analysis prints. */
final class AnalysisText {
    private AnalysisText() {}

    static Outcome outcome(AnalysisReport report) {
        return Outcome.done(
                report, report.paragraph() + "\n" + report.out() + ": " + String.join(", ", report.files()));
    }
}
