package io.github.resnetspark.job.analyze;

import io.github.resnetspark.analysis.Direction;
import io.github.resnetspark.analysis.Filter;
import io.github.resnetspark.analysis.LossGrid;
import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.job.analyze.Landscape.Point;
import io.github.resnetspark.job.chart.ChartStyle;
import io.github.resnetspark.job.evaluate.EvaluationChecks;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.input.ShardSet;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.ReplicaShare;
import io.github.resnetspark.job.plan.RoundPlan;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.replica.GraphState;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.message.job.AnalysisNotices;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.spark.ShardwiseJob;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loss around a trained network, along random filter-normalised directions (Li et al. 2018), on all task slots. */
public final class LandscapeJob {
    private static final Logger LOG = LoggerFactory.getLogger(LandscapeJob.class);

    private final JavaSparkContext spark;
    private final Recipe recipe;
    private final Configuration configuration;

    /** @param recipe for the batch size and the loading of pictures */
    public LandscapeJob(JavaSparkContext spark, Recipe recipe) {
        this.spark = spark;
        this.recipe = recipe;
        this.configuration = ShardwiseJob.configuration(spark).value();
    }

    /**
     * Computes the missing points, and writes {@code landscape.csv}, {@code .md}, {@code .svg} and
     * {@code .png}.
     *
     * @param earlier whether to use points that an earlier run has computed
     * @throws RecipeException if those belong to another landscape, or the model does not fit the shards
     */
    public AnalysisReport run(LandscapeSettings settings, URI out, EarlierPoints earlier) throws IOException {
        ChartStyle.requireFonts();
        Storage storage = Storage.of(configuration);
        // Executors have another working directory than the driver.
        AnalysisDirectory directory =
                new AnalysisDirectory(storage, storage.qualified(new Path(out)).toUri());
        AnalysisDirectory parts = directory.folder("points");
        ShardDirectory shards = new ShardDirectory(new Path(settings.shards()), configuration);
        Manifest manifest = shards.readManifest();
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            Bundle bundle = Bundle.open(new ModelDirectory(settings.model(), configuration).local(scratch.path()));
            EvaluationChecks.require(bundle, settings.shards(), shards, manifest, settings.split());
            if (earlier == EarlierPoints.DISCARD) {
                parts.delete();
            }
            LandscapeIdentity identity = identity(settings, bundle, shards);
            List<String> refusals = identity.refusals(LandscapeIdentity.read(parts), directory);
            if (!refusals.isEmpty()) {
                throw new RecipeException(refusals);
            }
            identity.write(parts);
            LandscapeTask.Context context = context(settings, bundle, manifest, shards, parts);
            List<Point> points = points(context, parts);
            Landscape landscape = new Landscape(
                    bundle.spec().displayName(),
                    settings,
                    context.share().examples().size(),
                    points);
            return AnalysisReport.write(
                    directory, "landscape", landscape.csv(), landscape.paragraph(), LandscapePicture.of(landscape));
        }
    }

    private LandscapeIdentity identity(LandscapeSettings settings, Bundle bundle, ShardDirectory shards)
            throws IOException {
        TreeMap<String, String> values = new TreeMap<>();
        // The list of checksums identifies all files of the model.
        values.put(
                "--model (its " + Bundle.CHECK_SUMS + ")",
                Sha256.of(Files.readAllBytes(bundle.directory().resolve(Bundle.CHECK_SUMS))));
        values.put("--shards (their manifest)", shards.storage().sha256(shards.file(ShardDirectory.MANIFEST)));
        values.put("--split", settings.split().key());
        values.put("--examples", Integer.toString(settings.examples()));
        values.put("--dimensions", Integer.toString(settings.grid().dimensions()));
        values.put("--points", Integer.toString(settings.grid().points()));
        values.put("--reach", Double.toString(settings.grid().reach()));
        values.put("--seed", Long.toString(settings.seed()));
        values.put(
                "train.batch-size-per-replica", Integer.toString(recipe.train().batchSizePerReplica()));
        return new LandscapeIdentity(values);
    }

    private LandscapeTask.Context context(
            LandscapeSettings settings,
            Bundle bundle,
            Manifest manifest,
            ShardDirectory shards,
            AnalysisDirectory parts)
            throws IOException {
        MinibatchSource source = recipe.data()
                .unvaried(ShardSet.of(manifest, settings.split(), shards, configuration), bundle.preprocessing());
        ComputationGraph net = bundle.network();
        try {
            List<Filter> filters = Filter.allOf(net);
            float[] centre = new GraphState(net).withoutMomentum().parameters();
            return new LandscapeTask.Context(
                    ReplicaSpec.forEvaluation(UUID.randomUUID().toString(), bundle.spec(), AccelSettings.DEFAULT),
                    source,
                    share(settings, source),
                    centre,
                    Direction.random(centre, filters, settings.seed()),
                    settings.grid().dimensions() == 1
                            ? new float[0]
                            : Direction.random(centre, filters, settings.seed() + 1),
                    settings.grid(),
                    parts.path().toUri().toString());
        } finally {
            net.close();
        }
    }

    /** Equal minibatches. If the pictures cannot be divided into such, a few more pictures. */
    private ReplicaShare share(LandscapeSettings settings, MinibatchSource source) {
        EpochPlan order = EpochPlan.of(source.shards().rowGroups(), settings.seed(), 0, 1);
        int examples = (int) Math.min(settings.examples(), order.examples());
        int largest = recipe.train().batchSizePerReplica();
        int minibatches = (examples + largest - 1) / largest;
        int batch = (examples + minibatches - 1) / minibatches;
        return RoundPlan.at(order, 0, 1, minibatches, batch).shares().get(0);
    }

    private List<Point> points(LandscapeTask.Context context, AnalysisDirectory directory) throws IOException {
        List<Point> points = new ArrayList<>();
        List<LandscapeTask> missing = new ArrayList<>();
        for (LandscapeTask part : LandscapeTask.of(context.grid().size())) {
            part.read(directory).ifPresentOrElse(points::addAll, () -> missing.add(part));
        }
        if (!points.isEmpty()) {
            LOG.info(AnalysisNotices.pointsKept(points.size(), context.grid().size()));
        }
        Broadcast<LandscapeTask.Context> shared = spark.broadcast(context);
        try {
            new ShardwiseJob(spark, "Computing the landscape")
                    .run(missing, part -> part.compute(shared.value()))
                    .forEach(points::addAll);
        } finally {
            shared.destroy();
            ReplicaPool.close(context.replica().run());
        }
        points.sort(Comparator.comparingInt(Point::index));
        return points;
    }

    /**
     * Which loss surface to compute, and how to draw it.
     *
     * @param model the model directory at its centre
     * @param shards the pictures
     * @param split of them
     * @param examples number of pictures that the loss is averaged over
     * @param grid the points
     * @param seed of the directions and of the choice of pictures
     * @param highestDrawn the loss above which the plot has only one colour; the table has all losses
     */
    public record LandscapeSettings(
            URI model, URI shards, Split split, int examples, LossGrid grid, long seed, double highestDrawn) {}

    /** What happens to the points of an earlier run. */
    public enum EarlierPoints {
        /** They are used. */
        USE,
        /** They are deleted, and computed again. */
        DISCARD
    }
}
