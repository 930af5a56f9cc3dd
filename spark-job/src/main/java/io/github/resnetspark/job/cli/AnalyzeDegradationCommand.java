package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.analyze.AnalyzedNetwork;
import io.github.resnetspark.job.analyze.DegradationJob;
import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.SparkStart;
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
            "Train plain and residual networks of several depths by one recipe, and compare their training and test errors"
                    + " epoch by epoch (He et al. 2015, figures 1 and 6).",
            "The networks are those of the recipe but for model.depth and, for plain ones, model.shortcut = none. Their model"
                    + " directories and metrics go into --out too. A network that is trained already is not trained again."
        },
        footer = {
            "",
            "Writes degradation.csv, degradation.md, degradation.svg and degradation.png.",
            "",
            "Example:",
            "  resnet-spark analyze degradation --conf conf/cifar10-resnet20.conf --depths 20,56 \\",
            "      --set data.shards=file:/data/cifar10-shards --set train.epochs=10 --out file:/analysis/degradation"
        })
final class AnalyzeDegradationCommand extends ReportingCommand {
    /** Enough to know an error to half a percent. */
    private static final String SAMPLE = "10000";

    private static final String SAMPLE_KEY = "train.training-error-examples";

    @Option(names = "--out", paramLabel = "URI", required = true, description = "The directory to write to.")
    private URI out;

    @Option(
            names = "--depths",
            paramLabel = "N,N",
            split = ",",
            defaultValue = "20,56",
            description = "The depths to compare; default: ${DEFAULT-VALUE}.")
    private List<Integer> depths;

    @Override
    protected Outcome run() throws IOException {
        Recipe base = recipes().load(Need.SHARDS);
        Map<String, String> sample = base.train().trainingErrorExamples() > 0 ? Map.of() : Map.of(SAMPLE_KEY, SAMPLE);
        List<AnalyzedNetwork> networks = AnalyzedNetwork.plainAndResidual(
                base,
                keys -> recipes().loadWith(keys, Need.SHARDS),
                depths.stream().distinct().sorted().toList(),
                out,
                sample);
        try (JavaSparkContext spark = SparkStart.forTraining(base.cluster().workers());
                StopSignals signals = StopSignals.listen()) {
            return AnalyzeCommand.outcome(new DegradationJob(spark, signals).run(networks, out));
        }
    }
}
