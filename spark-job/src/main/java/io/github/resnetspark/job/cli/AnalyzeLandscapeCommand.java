package io.github.resnetspark.job.cli;

import io.github.resnetspark.analysis.LossGrid;
import io.github.resnetspark.job.analyze.LandscapeJob;
import io.github.resnetspark.job.analyze.LandscapeJob.EarlierPoints;
import io.github.resnetspark.job.analyze.LandscapeJob.LandscapeSettings;
import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.ShardsOption;
import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.job.recipe.Recipe;
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
            "Compute the loss around a trained network along one or two random directions, normalised filter by filter"
                    + " (Li et al. 2018), on all task slots.",
            "Biases and batch normalisation are not moved, and its running statistics are used as they were trained. The"
                    + " loss of the point in the middle is the one that evaluate gives for the same pictures.",
            "Points are kept as they are computed, in --out/points: the same command, given again, goes on with the others."
                    + " On a cluster --out must be a place that all executors reach."
        },
        footer = {
            "",
            "Writes landscape.csv, landscape.md, landscape.svg and landscape.png.",
            "",
            "Example:",
            "  resnet-spark analyze landscape --model file:/models/cifar10-resnet56 \\",
            "      --set data.shards=file:/data/cifar10-shards --points 41 --examples 512 --out file:/analysis/landscape"
        })
final class AnalyzeLandscapeCommand extends ReportingCommand {
    @Option(names = "--model", paramLabel = "URI", required = true, description = "The model directory.")
    private URI model;

    @Option(names = "--out", paramLabel = "URI", required = true, description = "The directory to write to.")
    private URI out;

    @Mixin
    private ShardsOption shards;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "train",
            converter = ShardsOption.SplitConverter.class,
            description = "train or validation; default: ${DEFAULT-VALUE}.")
    private Split split;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "512",
            description = "Pictures that each loss is the mean of, chosen by the seed; default: ${DEFAULT-VALUE}.")
    private int examples;

    @Option(
            names = "--dimensions",
            paramLabel = "N",
            defaultValue = "2",
            description = "Directions: 1 for a line, 2 for a map; default: ${DEFAULT-VALUE}.")
    private int dimensions;

    @Option(
            names = "--points",
            paramLabel = "N",
            defaultValue = "41",
            description = "Points along each direction, an odd number; default: ${DEFAULT-VALUE}.")
    private int points;

    @Option(
            names = "--reach",
            paramLabel = "X",
            defaultValue = "1",
            description = "The largest step along each direction, in lengths of the network's own filters; default:"
                    + " ${DEFAULT-VALUE}.")
    private double reach;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the directions and the pictures; default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--highest-drawn",
            paramLabel = "LOSS",
            defaultValue = "10",
            description = "Losses above it have one colour in the picture; default: ${DEFAULT-VALUE}.")
    private double highestDrawn;

    @Option(names = "--fresh", description = "Compute all points again, also those that an earlier run has left.")
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
        try (JavaSparkContext spark =
                SparkStart.open("analyze landscape", recipe.cluster().workers())) {
            return AnalyzeCommand.outcome(new LandscapeJob(spark, recipe)
                    .run(settings, out, fresh ? EarlierPoints.DISCARD : EarlierPoints.USE));
        }
    }

    private void refuseOddValues() {
        List<String> problems = new ArrayList<>();
        if (dimensions != 1 && dimensions != 2) {
            problems.add("--dimensions is " + dimensions + " but must be 1 or 2. Give 1 for a line or 2 for a map.");
        }
        if (points < 3 || points % 2 == 0) {
            problems.add("--points is " + points
                    + " but must be odd and at least 3, for the network itself is the middle one. Give e.g. 41.");
        }
        if (!(reach > 0) || Double.isInfinite(reach)) {
            problems.add("--reach is " + reach + " but must be above 0. Give e.g. 1.");
        }
        if (examples < 1) {
            problems.add("--examples is " + examples + " but must be at least 1. Give e.g. 512.");
        }
        if (!(highestDrawn > 0) || Double.isInfinite(highestDrawn)) {
            problems.add("--highest-drawn is " + highestDrawn + " but must be a number above 0. Give e.g. 10.");
        }
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
    }
}
