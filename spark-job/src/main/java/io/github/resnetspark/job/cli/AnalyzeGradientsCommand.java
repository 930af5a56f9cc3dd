package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.analyze.AnalyzedNetwork;
import io.github.resnetspark.job.analyze.GradientsJob;
import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.message.job.CommandFailures;
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
            "Compare the gradients of a plain and a residual network.",
            "",
            "Measures the norm of the loss gradient at the input and the weights of every block, in a"
                    + " residual network and in the plain network of the same depth, before training and after some"
                    + " training steps. Each network trains in its own Spark task on minibatches of cluster.workers x"
                    + " cluster.replicas x train.batch-size-per-replica pictures, at the recipe's peak learning rate,"
                    + " without warm-up.",
            "",
            "Writes gradients.csv, gradients.md, gradients.svg and gradients.png to --out, and jacobians.svg"
                    + " and jacobians.png: how each block changes the length of the gradient, with and without its skip"
                    + " connection."
        },
        footer = {
            "",
            "Example:",
            "  resnet-spark analyze gradients --conf conf/cifar10-resnet20.conf --set model.depth=56 \\",
            "      --set data.shards=file:/data/cifar10-shards --steps 0,20,100 --out file:/analysis/gradients"
        })
final class AnalyzeGradientsCommand extends ReportingCommand {
    @Option(names = "--out", paramLabel = "URI", required = true, description = "Directory to write to.")
    private URI out;

    @Option(
            names = "--steps",
            paramLabel = "N,N",
            split = ",",
            defaultValue = "0,20,100",
            description = "Numbers of training minibatches after which to measure. Default: ${DEFAULT-VALUE}.")
    private List<Integer> steps;

    @Override
    protected Outcome run() throws IOException {
        List<Integer> rising = steps.stream().distinct().sorted().toList();
        if (rising.get(0) != 0) {
            throw new RecipeException(List.of(CommandFailures.stepsWithoutStart(steps)));
        }
        Recipe base = recipes().load(Need.SHARDS);
        List<AnalyzedNetwork> networks = AnalyzedNetwork.plainAndResidual(
                base,
                keys -> recipes().loadWith(keys, Need.SHARDS),
                List.of(base.model().depth()),
                out,
                Map.of());
        try (JavaSparkContext spark = spark().open("analyze gradients", networks.size())) {
            return AnalyzeCommand.outcome(new GradientsJob(spark).run(networks, rising, out));
        }
    }
}
