package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.evaluate.EvaluationJob;
import io.github.resnetspark.job.quickstart.PictureSet;
import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.run.StopSignals;
import io.github.resnetspark.job.run.TrainingJob;
import io.github.resnetspark.job.run.TrainingReport;
import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.message.job.CommandNotices;
import io.github.resnetspark.prepare.PrepareJob;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.text.UriText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs every step once, on pictures that it draws itself. */
@Command(
        name = "quickstart",
        description = {
            "Draw pictures, prepare them, train on them, evaluate the model and save it.",
            "",
            "Runs every step once, without any data of your own: it draws 2,500 pictures of ten motifs. The"
                    + " recipe is conf/quickstart.conf unless --conf names another.",
            "",
            "Writes the folders pictures, shards, model and model.run into the folder of --dir."
        },
        footer = {
            "",
            "Examples:",
            "  deploy/bin/quickstart",
            "  resnet-spark quickstart --set train.epochs=2 --dir /tmp/quickstart --json"
        })
final class QuickstartCommand extends ReportingCommand {
    private static final Logger LOG = LoggerFactory.getLogger(QuickstartCommand.class);

    /** The root of the project, set by deploy/bin/resnet-spark. */
    private static final Path HOME = Path.of(System.getProperty("resnetspark.home", ""));

    private static final int TRAIN_PER_CLASS = 200;
    private static final int VALIDATION_PER_CLASS = 50;

    @Option(
            names = "--dir",
            paramLabel = "FOLDER",
            description =
                    "Folder to write everything to; must not exist yet. Default: target/quickstart/<date and time>.")
    private Path given;

    @Override
    protected Outcome run() throws IOException {
        Path folder = Optional.ofNullable(given)
                .orElseGet(QuickstartCommand::folderOfNow)
                .toAbsolutePath();
        if (Files.exists(folder)) {
            throw new RecipeException(List.of(CommandFailures.folderExists(folder.toString())));
        }
        Recipe recipe = recipes().loadOr(HOME.resolve("conf/quickstart.conf"), places(folder), Need.SHARDS);
        PictureSet pictures = new PictureSet(
                TRAIN_PER_CLASS, VALIDATION_PER_CLASS, recipe.train().seed());
        LOG.info(CommandNotices.drawsPictures(pictures.size()));
        pictures.write(folder.resolve("pictures"));
        try (JavaSparkContext spark = spark().open("quickstart", recipe.cluster())) {
            return steps(spark, recipe, folder);
        }
    }

    private static Outcome steps(JavaSparkContext spark, Recipe recipe, Path folder) throws IOException {
        URI shards = recipe.shards().orElseThrow();
        URI model = recipe.modelDirectory().orElseThrow();
        new PrepareJob(spark).run(recipe.prepare().orElseThrow(), shards);
        TrainingReport training = new TrainingJob(spark, recipe, StopSignals.none())
                .run(Optional.empty(), TrainingJob.ExistingCheckpoints.CONTINUE);
        EvaluationCounts counts = new EvaluationJob(spark, recipe)
                .run(model, shards, Split.VALIDATION)
                .counts();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pictures", folder.resolve("pictures").toString());
        json.put("shards", folder.resolve("shards").toString());
        json.put("model", folder.resolve("model").toString());
        json.put(
                "metrics",
                new org.apache.hadoop.fs.Path(training.metrics()).toUri().getPath());
        StringBuilder text = new StringBuilder();
        json.forEach((what, where) -> text.append(String.format(Locale.ROOT, "%-9s %s%n", what + ":", where)));
        json.put("imagesPerSecond", training.outcome().imagesPerSecond());
        json.put("examples", counts.examples());
        json.put("errors", counts.errors());
        json.put("top1", counts.top1());
        text.append(String.format(Locale.ROOT, "top-1: %.2f %%", 100 * counts.top1()));
        return Outcome.done(json, text.toString());
    }

    private static Map<String, String> places(Path folder) {
        return Map.of(
                "prepare.source", UriText.text(folder.resolve("pictures").toUri()),
                "data.shards", UriText.text(folder.resolve("shards").toUri()),
                "model.dir", UriText.text(folder.resolve("model").toUri()));
    }

    private static Path folderOfNow() {
        String now = LocalDateTime.now(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
        return HOME.resolve("target").resolve("quickstart").resolve(now);
    }
}
