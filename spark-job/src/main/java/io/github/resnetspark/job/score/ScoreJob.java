package io.github.resnetspark.job.score;

import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.job.score.ScoreTask.ScoreCounts;
import io.github.resnetspark.message.job.ScoreNotices;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.source.PassedOver;
import io.github.resnetspark.spark.ShardwiseJob;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.text.UriText;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Classifies many pictures and writes the results to a table of Parquet files. */
public final class ScoreJob {
    private static final Logger LOG = LoggerFactory.getLogger(ScoreJob.class);

    private final JavaSparkContext spark;
    private final Recipe recipe;
    private final Configuration configuration;

    /** @param recipe for the number of workers and the batch size */
    public ScoreJob(JavaSparkContext spark, Recipe recipe) {
        this.spark = spark;
        this.recipe = recipe;
        this.configuration = ShardwiseJob.configuration(spark).value();
    }

    /**
     * Classifies every picture once.
     *
     * @param pictures a directory of shards, or a folder of pictures
     * @param split of shards; nothing for all
     * @param to the directory of the table; must not exist
     * @param top number of classes per row, at least 1
     * @throws RecipeException if there are no pictures, or the directory of the table exists
     */
    public ScoreReport run(URI model, URI pictures, Optional<Split> split, URI to, int top) throws IOException {
        Storage storage = Storage.of(configuration);
        try (ScoreTable table = new ScoreTable(new Path(to), storage)) {
            ScoringModel scoring = ScoringModel.read(new ModelDirectory(model, configuration));
            Optional<String> obstacle = table.obstacle();
            if (obstacle.isPresent()) {
                throw new RecipeException(List.of(obstacle.get()));
            }
            ScoreInput input = ScoreInput.of(new Path(pictures), split, storage);
            if (!input.passedOver().isEmpty()) {
                LOG.warn(ScoreNotices.skipped(
                        UriText.shown(pictures), input.passedOver().text()));
            }
            List<ScoreShare> shares = ScoreShare.of(input.parts(), largestShare(input));
            storage.makeDirectories(table.directory());
            long begin = System.nanoTime();
            ScoreCounts counts = score(scoring, shares, table, top);
            table.publish();
            return new ScoreReport(
                    table.toString(),
                    shares.size(),
                    counts.pictures(),
                    counts.unreadable(),
                    input.passedOver().count(PassedOver.Kind.NOT_PICTURES),
                    input.passedOver().toMap(),
                    (System.nanoTime() - begin) / 1e9);
        }
    }

    /** Even a few pictures are divided among all workers. */
    private int largestShare(ScoreInput input) {
        int workers = Math.max(recipe.cluster().workers(), spark.defaultParallelism());
        return (int) Math.max(1, Math.min(ScoreShare.PICTURES, input.pictures() / workers));
    }

    private ScoreCounts score(ScoringModel scoring, List<ScoreShare> shares, ScoreTable table, int top) {
        ReplicaSpec replica =
                ReplicaSpec.forEvaluation(UUID.randomUUID().toString(), scoring.network(), recipe.accel());
        Broadcast<ScoringModel> model = spark.broadcast(scoring);
        Broadcast<SerializableConfiguration> hadoop = spark.broadcast(ShardwiseJob.configuration(spark));
        try {
            ScoreTask task = new ScoreTask(
                    table.directory().toString(),
                    replica,
                    model,
                    hadoop,
                    recipe.train().batchSizePerReplica(),
                    top);
            return new ShardwiseJob(spark, "Scoring pictures")
                    .run(shares, task).stream().reduce(ScoreCounts.NONE, ScoreCounts::plus);
        } finally {
            ReplicaPool.close(replica.run());
            model.destroy();
            hadoop.destroy();
        }
    }
}
