package io.github.resnetspark.job.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.metrics.MetricsLog;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.message.job.ReportFailures;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.text.ShownText;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * What is known of one run.
 *
 * @param name what the page calls it
 * @param description empty for runs of an earlier release
 * @param history its rounds and validations
 * @param evaluation the newest; empty before the first
 */
record RunReport(
        String name, Optional<RunDescription> description, RunHistory history, Optional<Evaluated> evaluation) {
    /**
     * Reads the files of a run.
     *
     * @param directory the run directory, or the model directory that it is next to
     * @throws FailureException if there are no metrics, or a file is damaged
     */
    static RunReport read(Storage storage, Path directory) throws IOException {
        Path run = runDirectory(storage, directory);
        try {
            return checked(
                    new RunReport(
                            name(directory),
                            find(storage, new Path(run, RunDescription.FILE), RunDescription::fromJson),
                            RunHistory.read(storage, new Path(run, MetricsLog.FILE)),
                            find(storage, new Path(run, Evaluated.FILE), Evaluated::fromJson)),
                    run);
        } catch (FileNotFoundException e) {
            throw new FailureException(Kind.USAGE, ReportFailures.noRun(directory.toString()), e);
        }
    }

    /** Class numbers are indexes of names. */
    private static RunReport checked(RunReport report, Path run) {
        int classes = report.description()
                .map(description -> description.classes().size())
                .orElse(Integer.MAX_VALUE);
        if (report.evaluation().isPresent() && !report.evaluation().get().isWithin(classes)) {
            throw new FailureException(
                    Kind.DATA, ReportFailures.otherClasses(new Path(run, Evaluated.FILE).toString(), classes));
        }
        return report;
    }

    /** The run directory of a training, given itself or the model directory that it is next to. */
    static Path runDirectory(Storage storage, Path directory) throws IOException {
        return storage.exists(new Path(directory, MetricsLog.FILE))
                ? directory
                : new Path(Recipe.runDirectoryBeside(directory.toUri()));
    }

    /** The name of a run by its directory. */
    static String name(Path directory) {
        String last = directory.getName();
        return ShownText.line(
                last.endsWith(Recipe.RUN_SUFFIX)
                        ? last.substring(0, last.length() - Recipe.RUN_SUFFIX.length())
                        : last);
    }

    /** Reads the text of a file. */
    private interface Reader<T> {
        T read(String text) throws JsonProcessingException;
    }

    private static <T> Optional<T> find(Storage storage, Path file, Reader<T> reader) throws IOException {
        try {
            return Optional.of(reader.read(new String(storage.read(file), StandardCharsets.UTF_8)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new FailureException(Kind.DATA, ReportFailures.damaged(file.toString()), e);
        }
    }

    /** The same run with another name. */
    RunReport named(String other) {
        return new RunReport(other, description, history, evaluation);
    }

    /** The best validation so far. */
    Optional<ValidationMetrics> best() {
        return history.validations().stream()
                .max(Comparator.comparingDouble(ValidationMetrics::top1).thenComparing(metrics -> -metrics.loss()));
    }

    /** Seconds of all rounds and validations. */
    double seconds() {
        return history.rounds().stream().mapToDouble(RoundPoint::seconds).sum()
                + history.validations().stream()
                        .mapToDouble(ValidationMetrics::seconds)
                        .sum();
    }

    /** Epochs that are done, with a fraction. */
    double epochs() {
        List<RoundPoint> rounds = history.rounds();
        return rounds.isEmpty() ? 0 : rounds.get(rounds.size() - 1).epoch();
    }
}
