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
import io.github.resnetspark.message.job.CommandNotices;
import io.github.resnetspark.text.DurationText;
import io.github.resnetspark.text.UriText;
import java.io.IOException;
import java.net.URI;
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
            "Train the network of a recipe on shards.",
            "",
            "Each worker trains its own replica of the network. After every averaging.every minibatches the"
                    + " replicas are replaced by their average (local SGD).",
            "",
            "Writes the model to model.dir at the end. Until then everything is in <model.dir>.run:"
                    + " metrics.jsonl, with one line for every round and every validation, and the checkpoints.",
            "",
            "To resume a stopped or killed run, run the same command again. With the same number of workers"
                    + " the result is bit-identical to that of an uninterrupted run. Of the settings that decide the"
                    + " result, only train.epochs may change, and only to a larger value.",
            "",
            "SIGTERM and Ctrl-C finish the current round and write a checkpoint, without waiting for a"
                    + " validation or for task slots. A second signal stops at once.",
            "",
            "A model is never overwritten. If model.dir has the model of this recipe and these shards, there"
                    + " is nothing to do. Any other model there is refused. Only one run at a time can train into a"
                    + " model directory: a second one fails and reports which process on which host is running."
        },
        exitCodeList = {
            "0:The model is written.",
            "1:The run failed or was stopped, or another run is training into model.dir.",
            "2:Wrong usage or configuration. Nothing was started.",
            "3:Nothing to do: model.dir already has this model."
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
            description =
                    "Model directory whose weights to start from. If its classes are not the classes of the shards"
                            + " in the same order, the last layer is replaced and starts untrained.")
    private URI initFrom;

    @Option(
            names = "--fresh",
            description =
                    "Start over instead of resuming. The earlier run is kept under another name: <model.dir>.run-1"
                            + " or the next free number.")
    private boolean fresh;

    @Option(
            names = "--dry-run",
            description = "Do all checks that precede a training, time a few rounds and report what each executor has."
                    + " Writes nothing.")
    private boolean dryRun;

    @Override
    protected Outcome run() throws IOException {
        Recipe loaded = recipes().load(Need.SHARDS, Need.MODEL_DIRECTORY);
        Recipe recipe = initFrom == null ? loaded : loaded.continuing();
        if (dryRun) {
            // It writes nothing, so a signal may stop it at once.
            try (JavaSparkContext spark = spark().forTraining(recipe.cluster())) {
                return dryOutcome(
                        new TrainingJob(spark, recipe, StopSignals.none()).dryRun(Optional.ofNullable(initFrom)));
            }
        }
        // Report what needs no cluster before starting one.
        Configuration hadoop = SparkStart.hadoopConfiguration();
        Optional<Outcome> idle = nothingToDo(recipe, hadoop);
        if (idle.isPresent()) {
            return idle.get();
        }
        try (TrainingLock lock = TrainingLock.take(recipe, hadoop)) {
            // Another run may have finished the model meanwhile.
            idle = nothingToDo(recipe, hadoop);
            return idle.isPresent() ? idle.get() : train(recipe, lock);
        }
    }

    private Outcome train(Recipe recipe, TrainingLock lock) throws IOException {
        try (JavaSparkContext spark = spark().forTraining(recipe.cluster());
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

    /** A scheduler that does not know how its run ended may run the command again. */
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
                CommandNotices.alreadyTrained(
                        UriText.shown(recipe.modelDirectory().orElseThrow()))));
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
        json.put("rounds", pace.rounds());
        json.put("secondsPerEpoch", pace.secondsPerEpoch());
        List<String> lines = new ArrayList<>(run.preflight().lines());
        lines.addAll(run.preflight().notes());
        lines.add(String.format(
                Locale.ROOT,
                "a minibatch takes %.3g s and an averaging %.3g s: about %s per epoch and %s for all %d, with %,d rounds,"
                        + " without validations and checkpoints",
                pace.secondsPerMinibatch(),
                pace.secondsPerAveraging(),
                DurationText.of(Math.max(1, Math.round(pace.secondsPerEpoch()))),
                DurationText.of(Math.max(1, Math.round(pace.secondsPerEpoch() * run.epochs()))),
                run.epochs(),
                pace.rounds()));
        lines.add(CommandNotices.readyToTrain(run.network()));
        return Outcome.done(json, String.join("\n", lines));
    }
}
