package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.analyze.AnalyzedNetwork;
import io.github.resnetspark.job.analyze.DegradationJob;
import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.run.StopSignals;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains plain and residual networks and compares their errors. */
@Command(
        name = "degradation",
        description = {
            "Train plain and residual networks of several depths and compare their errors.",
            "",
            "All are trained by one recipe. Their training and test errors are compared epoch by epoch (He"
                    + " et al. 2015, figures 1 and 6). They differ from the recipe's network in model.depth and, for"
                    + " plain networks, in model.shortcut = none.",
            "",
            "Writes degradation.csv, degradation.md, degradation.svg and degradation.png to --out, and the"
                    + " model directories and metrics of the networks. To resume, run the same command again: a network"
                    + " that is already trained is not trained again."
        },
        footer = {
            "",
            "Example:",
            "  resnet-spark analyze degradation --conf conf/cifar10-resnet20.conf --depths 20,56 \\",
            "      --set data.shards=file:/data/cifar10-shards --set train.epochs=10 --out file:/analysis/degradation"
        })
final class AnalyzeDegradationCommand extends ReportingCommand {
    /** Enough to know an error to half a percent. */
    private static final String SAMPLE = "10000";

    private static final String SAMPLE_KEY = "train.training-error-examples";

    @Option(names = "--out", paramLabel = "URI", required = true, description = "Directory to write to.")
    private URI out;

    @Option(
            names = "--depths",
            paramLabel = "N,N",
            split = ",",
            defaultValue = "20,56",
            description = "Depths to compare. Default: ${DEFAULT-VALUE}.")
    private List<Integer> depths;

    @Override
    protected Outcome run() throws IOException {
        Recipe base = recipes().load(Need.SHARDS, Need.RUNS_BESIDE_MODELS);
        Map<String, String> sample = base.train().trainingErrorExamples() > 0 ? Map.of() : Map.of(SAMPLE_KEY, SAMPLE);
        List<AnalyzedNetwork> networks = AnalyzedNetwork.plainAndResidual(
                base,
                keys -> recipes().loadWith(keys, Need.SHARDS),
                depths.stream().distinct().sorted().toList(),
                out,
                sample);
        try (JavaSparkContext spark = spark().forTraining(base.cluster());
                StopSignals signals = StopSignals.listen()) {
            return AnalyzeCommand.outcome(new DegradationJob(spark, signals).run(networks, out));
        }
    }
}
