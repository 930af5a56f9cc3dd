package io.github.resnetspark.job.analyze;

import io.github.resnetspark.job.chart.ChartStyle;
import io.github.resnetspark.job.metrics.MetricsLog;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.run.StopSignals;
import io.github.resnetspark.job.run.TrainingJob;
import io.github.resnetspark.message.job.AnalysisFailures;
import io.github.resnetspark.message.job.AnalysisNotices;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.spark.ShardwiseJob;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains plain and residual networks of two depths with one recipe and compares their errors (He et al. 2015, figures 1 and 6). A
 * network that is already trained is not trained again. A training that was stopped is resumed.
 */
public final class DegradationJob {
    private static final Logger LOG = LoggerFactory.getLogger(DegradationJob.class);

    private final JavaSparkContext spark;
    private final StopSignals signals;
    private final Configuration configuration;

    /** @param signals that stop the current training after a round */
    public DegradationJob(JavaSparkContext spark, StopSignals signals) {
        this.spark = spark;
        this.signals = signals;
        this.configuration = ShardwiseJob.configuration(spark).value();
    }

    /**
     * Trains the networks that are not trained yet, and writes {@code degradation.csv}, {@code .svg}, {@code .png} and {@code .md}.
     *
     * @param networks plain and residual ones, with their model directories
     * @param out the directory of the analysis
     * @throws RecipeException if an existing network was trained with another recipe or other shards
     */
    public AnalysisReport run(List<AnalyzedNetwork> networks, URI out) throws IOException {
        ChartStyle.requireFonts();
        Storage storage = Storage.of(configuration);
        refuseWithoutValidation(networks.get(0).recipe());
        List<AnalyzedNetwork> missing = missing(networks);
        for (int i = 0; i < missing.size(); i++) {
            AnalyzedNetwork network = missing.get(i);
            LOG.info(AnalysisNotices.trainsNetwork(network.name(), i + 1, missing.size()));
            new TrainingJob(spark, network.recipe(), signals)
                    .run(Optional.empty(), TrainingJob.ExistingCheckpoints.CONTINUE);
        }
        List<ErrorCurve> curves = new ArrayList<>();
        for (AnalyzedNetwork network : networks) {
            Path run = new Path(network.recipe().runDirectory().orElseThrow());
            curves.add(new ErrorCurve(
                    network.kind(), network.depth(), ErrorsInMetrics.read(storage, new Path(run, MetricsLog.FILE))));
        }
        return AnalysisReport.write(
                new AnalysisDirectory(storage, out),
                "degradation",
                DegradationText.table(curves),
                DegradationText.paragraph(curves),
                DegradationPicture.of(curves));
    }

    private void refuseWithoutValidation(Recipe recipe) throws IOException {
        Path shards = new Path(recipe.shards().orElseThrow());
        Manifest manifest = new ShardDirectory(shards, configuration).readManifest();
        if (manifest.examples(Split.VALIDATION) == 0) {
            throw new RecipeException(List.of(AnalysisFailures.noValidationSplit(shards.toString())));
        }
    }

    private List<AnalyzedNetwork> missing(List<AnalyzedNetwork> networks) throws IOException {
        List<AnalyzedNetwork> missing = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (AnalyzedNetwork network : networks) {
            Optional<TrainedNetwork> trained =
                    TrainedNetwork.find(network.recipe().modelDirectory().orElseThrow(), configuration);
            if (trained.isEmpty()) {
                missing.add(network);
            } else {
                problems.addAll(trained.get().refusals(network.recipe()));
            }
        }
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
        return missing;
    }
}
