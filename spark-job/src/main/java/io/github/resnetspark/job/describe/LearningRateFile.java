package io.github.resnetspark.job.describe;

import io.github.resnetspark.job.chart.Axis;
import io.github.resnetspark.job.chart.ChartStyle;
import io.github.resnetspark.job.chart.Line;
import io.github.resnetspark.job.chart.LinePanel;
import io.github.resnetspark.job.chart.Picture;
import io.github.resnetspark.job.recipe.OptimizerSettings;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.schedule.LearningRateSchedule;
import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.recipe.ChoiceNames;
import io.github.resnetspark.recipe.RecipeException;
import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A file with a recipe's learning rate over its epochs.
 *
 * @param json its main figures, for {@code --json}
 * @param text the same for people
 */
public record LearningRateFile(Map<String, Object> json, String text) {
    private static final int INTERVALS = 200;
    private static final Color LINE = new Color(0x0072B2);

    /**
     * Writes a temporary file and renames it.
     *
     * @param file ends in {@code .svg}, {@code .png} or {@code .csv}
     */
    public static LearningRateFile write(Recipe recipe, Path file) throws IOException {
        int epochs = recipe.train().epochs();
        LearningRateSchedule schedule = recipe.learningRate();
        double[] times = times(recipe.optimizer(), epochs);
        double[] rates = IntStream.range(0, times.length)
                .mapToDouble(i -> schedule.at(times[i]))
                .toArray();
        String title =
                "learning rate, schedule " + ChoiceNames.of(recipe.optimizer().schedule());
        replace(file, content(file, title, times, rates));
        return described(recipe, file, schedule);
    }

    /** Evenly spaced over the run, plus both sides of every edge, so that a step looks like one. */
    private static double[] times(OptimizerSettings optimizer, int epochs) {
        DoubleStream evenly = IntStream.rangeClosed(0, INTERVALS).mapToDouble(i -> (double) epochs * i / INTERVALS);
        DoubleStream edges = DoubleStream.concat(
                        DoubleStream.of(optimizer.warmupEpochs()),
                        optimizer.milestones().stream().mapToDouble(milestone -> milestone * epochs))
                .flatMap(edge -> DoubleStream.of(Math.nextDown(edge), edge))
                .filter(edge -> edge >= 0 && edge <= epochs);
        return DoubleStream.concat(evenly, edges).sorted().distinct().toArray();
    }

    private static byte[] content(Path file, String title, double[] times, double[] rates) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "svg" -> picture(title, times, rates).svg();
            case "png" -> picture(title, times, rates).png();
            case "csv" -> csv(times, rates).getBytes(StandardCharsets.UTF_8);
            default -> throw new RecipeException(List.of(CommandFailures.unknownPlotFormat(file.toString())));
        };
    }

    private static Picture picture(String title, double[] times, double[] rates) {
        ChartStyle.requireFonts();
        Axis rate = new Axis("learning rate", false, false, OptionalDouble.of(0), OptionalDouble.empty());
        return new Picture(
                title,
                List.of(new LinePanel(
                        title,
                        Axis.linear("epoch").between(0, times[times.length - 1]),
                        rate,
                        List.of(Line.solid("learning rate", times, rates, LINE)))));
    }

    private static String csv(double[] times, double[] rates) {
        StringBuilder text = new StringBuilder("epoch,learning-rate\n");
        for (int i = 0; i < times.length; i++) {
            text.append(times[i]).append(',').append(rates[i]).append('\n');
        }
        return text.toString();
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new RecipeException(List.of(CommandFailures.noFolderForPlot(file.toString(), folder.toString())));
        }
        Path aside = folder.resolve("." + file.getFileName() + ".writing");
        try {
            Files.write(aside, content);
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static LearningRateFile described(Recipe recipe, Path file, LearningRateSchedule schedule) {
        int epochs = recipe.train().epochs();
        double peak = recipe.optimizer().peakLearningRate(recipe.globalBatch());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file.toString());
        json.put("schedule", ChoiceNames.of(recipe.optimizer().schedule()));
        json.put("epochs", epochs);
        json.put("globalBatch", recipe.globalBatch());
        json.put("start", schedule.at(0));
        json.put("peak", peak);
        json.put("end", schedule.at(epochs));
        return new LearningRateFile(
                json,
                String.format(
                        Locale.ROOT,
                        "%s: learning rate %.4g at the start, %.4g at the peak, %.4g at the end of %d epochs, with %d pictures per step",
                        file,
                        schedule.at(0),
                        peak,
                        schedule.at(epochs),
                        epochs,
                        recipe.globalBatch()));
    }
}
