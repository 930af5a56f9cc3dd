package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.checkpoint.StopSignals;
import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.train.EarlierRun;
import io.github.resnetspark.job.train.TrainingJob;
import io.github.resnetspark.job.train.TrainingLock;
import io.github.resnetspark.job.train.TrainingOutcome;
import io.github.resnetspark.job.train.TrainingReport;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a network. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Train the network of a recipe on shards, by averaging the parameters of several workers.",
            "The model directory must not exist yet. Beside it, in <model.dir>.run, metrics.jsonl has one line for"
                    + " every averaging round and every validation, and checkpoints has what a stopped or killed run"
                    + " can be continued from.",
            "One run at a time trains into a model directory: a second one is told which process on which host it is, and"
                    + " ends with exit code 1.",
            "The same command, given again, continues such a run to the same bits. Of the settings that decide the result"
                    + " only train.epochs may be raised. SIGTERM and Ctrl-C finish the round under way and write a"
                    + " checkpoint; a second one stops at once."
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
    Outcome run() throws IOException {
        Recipe recipe = recipes().load(Need.SHARDS, Need.MODEL_DIRECTORY);
        Optional<URI> from = Optional.ofNullable(initFrom);
        if (dryRun) {
            // It writes nothing, so a signal may end it at once.
            try (JavaSparkContext spark =
                    SparkStart.forTraining(recipe.cluster().workers())) {
                return DryRunText.outcome(new TrainingJob(spark, recipe, StopSignals.none()).dryRun(from));
            }
        }
        // A second start is refused before it takes anything of a cluster.
        try (TrainingLock lock = TrainingLock.take(recipe.modelDirectory().orElseThrow(), HadoopSettings.ofSpark());
                JavaSparkContext spark = SparkStart.forTraining(recipe.cluster().workers());
                StopSignals signals = StopSignals.listen()) {
            TrainingReport report = new TrainingJob(spark, recipe, signals)
                    .run(from, fresh ? EarlierRun.SET_ASIDE : EarlierRun.CONTINUE, lock);
            return Outcome.done(report.toJson(), text(report));
        }
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
}
