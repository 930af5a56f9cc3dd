package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.analyze.AnalyzedNetwork;
import io.github.resnetspark.job.analyze.GradientsJob;
import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.recipe.RecipeException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the gradients of a plain and a residual network. */
@Command(
        name = "gradients",
        description = {
            "Measure the norm of the loss gradient at every block's input and weights, in a residual network and in the plain"
                    + " one of the same depth, before training and after some steps of it.",
            "Each network learns in a task of its own from minibatches of cluster.workers x train.batch-size-per-worker"
                    + " pictures, at the recipe's highest learning rate, without warm-up."
        },
        footer = {
            "",
            "Writes gradients.csv, gradients.md, gradients.svg and .png, and jacobians.svg and .png: what each block does to"
                    + " the gradient's length, with its skip connection and without.",
            "",
            "Example:",
            "  resnet-spark analyze gradients --conf conf/cifar10-resnet20.conf --set model.depth=56 \\",
            "      --set data.shards=file:/data/cifar10-shards --steps 0,20,100 --out file:/analysis/gradients"
        })
final class AnalyzeGradientsCommand extends ReportingCommand {
    @Option(names = "--out", paramLabel = "URI", required = true, description = "The directory to write to.")
    private URI out;

    @Option(
            names = "--steps",
            paramLabel = "N,N",
            split = ",",
            defaultValue = "0,20,100",
            description = "After how many minibatches of training to measure; default: ${DEFAULT-VALUE}.")
    private List<Integer> steps;

    @Override
    protected Outcome run() throws IOException {
        List<Integer> rising = steps.stream().distinct().sorted().toList();
        if (rising.get(0) != 0) {
            throw new RecipeException(List.of("--steps is " + steps
                    + " but must have 0, the start, in it and nothing below. Write e.g. 0,20,100."));
        }
        Recipe base = recipes().load(Need.SHARDS);
        List<AnalyzedNetwork> networks = AnalyzedNetwork.plainAndResidual(
                base,
                keys -> recipes().loadWith(keys, Need.SHARDS),
                List.of(base.model().depth()),
                out,
                Map.of());
        try (JavaSparkContext spark = SparkStart.open("analyze gradients", networks.size())) {
            return AnalyzeCommand.outcome(new GradientsJob(spark).run(networks, rising, out));
        }
    }
}
