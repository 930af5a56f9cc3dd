package io.github.resnetspark.job.cli;

import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.Outcome.ExitStatus;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.predict.Candidate;
import io.github.resnetspark.predict.PictureResult;
import io.github.resnetspark.predict.Predictor;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.text.ShownText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Classifies picture files. */
@Command(
        name = "predict",
        description = {
            "Print the most probable classes of picture files.",
            "",
            "The files are on the local disk. For many pictures, or for pictures on HDFS, use resnet-spark"
                    + " score. If a picture cannot be read, its error is printed and the other pictures are still"
                    + " predicted."
        },
        exitCodeList = {
            "0:All pictures are predicted.",
            "1:At least one picture cannot be read, or the command failed.",
            "2:Wrong usage or configuration. Nothing was started."
        },
        footer = {
            "",
            "Examples:",
            "  resnet-spark predict --model file:/models/cifar10-resnet20 cat.jpg dog.png",
            "  resnet-spark predict --model hdfs://namenode:8020/models/r50 --top 1 --json *.jpg"
        })
final class PredictCommand extends ReportingCommand {
    @Option(names = "--model", paramLabel = "URI", required = true, description = "Model directory.")
    private URI model;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "5",
            description = "Number of classes to print per picture. Default: ${DEFAULT-VALUE}.")
    private int top;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "JPEG, PNG, BMP or WebP files.")
    private List<Path> files;

    @Override
    protected Outcome run() throws IOException {
        requireSomeClasses(top);
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            Path local = new ModelDirectory(model, SparkStart.hadoopConfiguration()).local(scratch.path());
            try (Predictor predictor = Predictor.open(local)) {
                return outcome(predictor.predictFiles(files));
            }
        }
    }

    /** Refuses a {@code --top} below 1, also for score. */
    static void requireSomeClasses(int top) {
        if (top < 1) {
            throw new RecipeException(List.of(CommandFailures.topTooSmall(top)));
        }
    }

    private Outcome outcome(List<PictureResult> results) {
        List<Map<String, Object>> json = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        boolean allRead = true;
        for (int i = 0; i < results.size(); i++) {
            PictureResult result = results.get(i);
            List<Candidate> classes =
                    result.prediction().map(prediction -> prediction.top(top)).orElse(List.of());
            json.add(json(files.get(i), result, classes));
            text.append(i == 0 ? "" : System.lineSeparator()).append(text(files.get(i), result, classes));
            allRead &= result.problem().isEmpty();
        }
        return new Outcome(allRead ? ExitStatus.DONE : ExitStatus.FAILED, json, text.toString());
    }

    private static Map<String, Object> json(Path file, PictureResult result, List<Candidate> classes) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", file.toString());
        json.put("top", classes.stream().map(PredictCommand::json).toList());
        result.problem().ifPresent(problem -> json.put("problem", problem));
        return json;
    }

    private static Map<String, Object> json(Candidate candidate) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("label", candidate.label());
        json.put("probability", candidate.probability());
        return json;
    }

    private static String text(Path file, PictureResult result, List<Candidate> classes) {
        StringBuilder text = new StringBuilder(ShownText.line(file.toString()));
        result.problem().ifPresent(problem -> text.append(": ").append(ShownText.line(problem)));
        for (Candidate candidate : classes) {
            text.append(String.format(
                    Locale.ROOT, "%n  %6.2f %%  %s", 100 * candidate.probability(), ShownText.line(candidate.label())));
        }
        return text.toString();
    }
}
