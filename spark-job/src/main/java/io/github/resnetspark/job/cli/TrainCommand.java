package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.Outcome.ExitStatus;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.run.DryRun;
import io.github.resnetspark.job.run.FinishedModel;
import io.github.resnetspark.job.run.StopSignals;
import io.github.resnetspark.job.run.TrainingJob;
import io.github.resnetspark.job.run.TrainingLock;
import io.github.resnetspark.job.run.TrainingOutcome;
import io.github.resnetspark.job.run.TrainingReport;
import io.github.resnetspark.text.UriText;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a network. */
@Command(
        name = "train",
        description = {
            "Train the network of a recipe on shards, by averaging the parameters of several workers.",
            "A model is never overwritten. Where the directory holds the model of this very recipe and these shards already,"
                    + " there is nothing to do (exit code 3); any other model there is refused. Beside it, in <model.dir>.run, metrics.jsonl has one line for"
                    + " every averaging round and every validation, and checkpoints has what a stopped or killed run"
                    + " can be continued from.",
            "One run at a time trains into a model directory: a second one is told which process on which host it is, and"
                    + " ends with exit code 1.",
            "The same command, given again, continues such a run to the same bits. Of the settings that decide the result"
                    + " only train.epochs may be raised. SIGTERM and Ctrl-C finish the round under way and write a"
                    + " checkpoint, without waiting for a validation or for task slots; a second one stops at once."
        },
        footer = {
            "",
            "Examples:",
            "  resnet-spark train --conf conf/cifar10-resnet20.conf \\",
            "      --set data.shards=file:/data/cifar10-shards --set model.dir=file:/models/cifar10-resnet20",
            "  resnet-spark train --conf conf/imagenet-resnet50.conf --set cluster.workers=64 \\",
            "      --set data.shards=hdfs://namenode:8020/imagenet --set model.dir=hdfs://namenode:8020/models/r50 \\",
            "      --init-from hdfs://namenode:8020/models/r50-last-week"
        })
final class TrainCommand extends ReportingCommand {
    @Option(
            names = "--init-from",
            paramLabel = "URI",
            description = "A model directory whose weights to start from. Where its classes are not those of the"
                    + " shards, in the same order, the network gets a new head.")
    private URI initFrom;

    @Option(
            names = "--fresh",
            description = "Start over where an earlier run could be continued. Its directory is kept under another"
                    + " name, <model.dir>.run-1 or the next that is free.")
    private boolean fresh;

    @Option(
            names = "--dry-run",
            description = "Only check everything that is checked before a run starts, time a few rounds and say what"
                    + " each executor got. Writes nothing.")
    private boolean dryRun;

    @Override
    protected Outcome run() throws IOException {
        Recipe recipe = recipes().load(Need.SHARDS, Need.MODEL_DIRECTORY);
        if (dryRun) {
            // It writes nothing, so a signal may end it at once.
            try (JavaSparkContext spark =
                    SparkStart.forTraining(recipe.cluster().workers())) {
                return dryOutcome(
                        new TrainingJob(spark, recipe, StopSignals.none()).dryRun(Optional.ofNullable(initFrom)));
            }
        }
        // What needs no cluster is told before one is taken.
        Configuration hadoop = SparkStart.hadoopConfiguration();
        Optional<Outcome> idle = nothingToDo(recipe, hadoop);
        if (idle.isPresent()) {
            return idle.get();
        }
        try (TrainingLock lock = TrainingLock.take(recipe.modelDirectory().orElseThrow(), hadoop)) {
            // Another run may have finished it meanwhile.
            idle = nothingToDo(recipe, hadoop);
            return idle.isPresent() ? idle.get() : train(recipe, lock);
        }
    }

    private Outcome train(Recipe recipe, TrainingLock lock) throws IOException {
        try (JavaSparkContext spark = SparkStart.forTraining(recipe.cluster().workers());
                StopSignals signals = StopSignals.listen()) {
            TrainingReport report = new TrainingJob(spark, recipe, signals)
                    .run(
                            Optional.ofNullable(initFrom),
                            fresh
                                    ? TrainingJob.ExistingCheckpoints.SET_ASIDE
                                    : TrainingJob.ExistingCheckpoints.CONTINUE,
                            lock);
            return Outcome.done(report.toJson(), text(report));
        }
    }

    /** A scheduler that does not know how its run ended gives the command again. */
    private Optional<Outcome> nothingToDo(Recipe recipe, Configuration hadoop) throws IOException {
        Optional<FinishedModel> made = fresh
                ? Optional.empty()
                : FinishedModel.find(recipe, Optional.ofNullable(initFrom), hadoop)
                        .filter(model -> model.differences().isEmpty());
        if (made.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Outcome(
                ExitStatus.NOTHING_TO_DO,
                made.get().toJson(),
                "Nothing to do: " + UriText.shown(recipe.modelDirectory().orElseThrow())
                        + " already holds the model of this recipe and these shards."));
    }

    private static String text(TrainingReport report) {
        TrainingOutcome outcome = report.outcome();
        String quality = outcome.bestValidation()
                .map(best -> String.format(
                        Locale.ROOT,
                        "top-1 %.2f %%, top-5 %.2f %%, loss %.4f on %,d validation pictures, after epoch %d",
                        100 * best.top1(),
                        100 * best.top5(),
                        best.loss(),
                        best.examples(),
                        best.epoch()))
                .orElse("not validated: the shards have no validation split");
        return String.format(
                Locale.ROOT,
                "trained: %,d pictures in %.0f s, %.0f images/s%nquality: %s%nmetrics: %s%nmodel:   %s",
                outcome.examples(),
                outcome.trainingSeconds(),
                outcome.imagesPerSecond(),
                quality,
                report.metrics(),
                report.model());
    }

    private static Outcome dryOutcome(DryRun.Report run) {
        DryRun.Speed pace = run.pace();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ready", true);
        json.put("network", run.network());
        json.putAll(run.preflight().toMap());
        json.put("secondsPerMinibatch", pace.secondsPerMinibatch());
        json.put("secondsPerAveraging", pace.secondsPerAveraging());
        json.put("secondsPerEpoch", pace.secondsPerEpoch());
        List<String> lines = new ArrayList<>(run.preflight().lines());
        lines.addAll(run.preflight().notes());
        lines.add(String.format(
                Locale.ROOT,
                "a minibatch takes %.3g s, an averaging %.3g s: about %s an epoch and %s for %d,"
                        + " validations and checkpoints not counted",
                pace.secondsPerMinibatch(),
                pace.secondsPerAveraging(),
                time(pace.secondsPerEpoch()),
                time(pace.secondsPerEpoch() * run.epochs()),
                run.epochs()));
        lines.add(run.network() + " is ready to be trained; nothing was written.");
        return Outcome.done(json, String.join("\n", lines));
    }

    /** «3 h 5 min», «4 min 10 s» or «7 s». */
    private static String time(double seconds) {
        Duration time = Duration.ofSeconds(Math.max(1, Math.round(seconds)));
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }
}
