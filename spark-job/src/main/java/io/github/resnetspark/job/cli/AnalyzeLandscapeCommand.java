package io.github.resnetspark.job.cli;

import io.github.resnetspark.analysis.LossGrid;
import io.github.resnetspark.job.analyze.LandscapeJob;
import io.github.resnetspark.job.analyze.LandscapeJob.EarlierPoints;
import io.github.resnetspark.job.analyze.LandscapeJob.LandscapeSettings;
import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.ShardsOption;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws the loss around a trained network. */
@Command(
        name = "landscape",
        description = {
            "Compute and plot the loss around a trained network.",
            "",
            "Moves the weights along one or two random directions, normalised filter by filter (Li et al."
                    + " 2018), on all task slots. Biases and batch normalisation are not moved, and the running"
                    + " statistics stay as they were trained. The loss at the centre is the one that evaluate reports"
                    + " for the same pictures.",
            "",
            "Writes landscape.csv, landscape.md, landscape.svg and landscape.png to --out. Finished points"
                    + " are kept in --out/points: to resume, run the same command again. On a cluster, all executors"
                    + " must be able to reach --out."
        },
        footer = {
            "",
            "Example:",
            "  resnet-spark analyze landscape --model file:/models/cifar10-resnet56 \\",
            "      --set data.shards=file:/data/cifar10-shards --points 41 --examples 512 --out file:/analysis/landscape"
        })
final class AnalyzeLandscapeCommand extends ReportingCommand {
    @Option(names = "--model", paramLabel = "URI", required = true, description = "Model directory.")
    private URI model;

    @Option(names = "--out", paramLabel = "URI", required = true, description = "Directory to write to.")
    private URI out;

    @Mixin
    private ShardsOption shards;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "train",
            converter = ShardsOption.SplitConverter.class,
            description = "Split of the shards: train or validation. Default: ${DEFAULT-VALUE}.")
    private Split split;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "512",
            description = "Number of pictures that each loss is averaged over, chosen by the seed. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int examples;

    @Option(
            names = "--dimensions",
            paramLabel = "N",
            defaultValue = "2",
            description = "Number of directions: 1 for a line, 2 for a map. Default: ${DEFAULT-VALUE}.")
    private int dimensions;

    @Option(
            names = "--points",
            paramLabel = "N",
            defaultValue = "41",
            description = "Number of points along each direction, an odd number. Default: ${DEFAULT-VALUE}.")
    private int points;

    @Option(
            names = "--reach",
            paramLabel = "X",
            defaultValue = "1",
            description = "Largest step along each direction, in lengths of the network's own filters. Default:"
                    + " ${DEFAULT-VALUE}.")
    private double reach;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Random seed for the directions and the pictures. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--highest-drawn",
            paramLabel = "LOSS",
            defaultValue = "10",
            description = "Largest loss of the colour scale. All larger losses have the same colour. Default:"
                    + " ${DEFAULT-VALUE}.")
    private double highestDrawn;

    @Option(names = "--fresh", description = "Compute all points again, including those of an earlier run.")
    private boolean fresh;

    @Override
    protected Outcome run() throws IOException {
        refuseOddValues();
        Recipe recipe = shards.load(recipes());
        LandscapeSettings settings = new LandscapeSettings(
                model,
                recipe.shards().orElseThrow(),
                split,
                examples,
                new LossGrid(dimensions, points, reach),
                seed,
                highestDrawn);
        try (JavaSparkContext spark = spark().open("analyze landscape", recipe.cluster())) {
            return AnalyzeCommand.outcome(new LandscapeJob(spark, recipe)
                    .run(settings, out, fresh ? EarlierPoints.DISCARD : EarlierPoints.USE));
        }
    }

    private void refuseOddValues() {
        List<String> problems = new ArrayList<>();
        if (dimensions != 1 && dimensions != 2) {
            problems.add(CommandFailures.wrongDimensions(dimensions));
        }
        if (points < 3 || points % 2 == 0) {
            problems.add(CommandFailures.wrongPoints(points));
        }
        if (!(reach > 0) || Double.isInfinite(reach)) {
            problems.add(CommandFailures.wrongReach(reach));
        }
        if (examples < 1) {
            problems.add(CommandFailures.wrongExamples(examples));
        }
        if (!(highestDrawn > 0) || Double.isInfinite(highestDrawn)) {
            problems.add(CommandFailures.wrongHighestDrawn(highestDrawn));
        }
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
    }
}
