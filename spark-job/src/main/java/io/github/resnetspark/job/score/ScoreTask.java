package io.github.resnetspark.job.score;

import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.job.score.PicturePart.NamedPicture;
import io.github.resnetspark.predict.PictureResult;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Scores a share on a replica of this executor, and writes its file.
 *
 * @param directory of the table while it is being written
 * @param replica which network
 * @param model its weights, labels and preprocessing
 * @param configuration how to reach the file system
 * @param batchSize pictures that go through the network together
 * @param top number of classes per row
 */
record ScoreTask(
        String directory,
        ReplicaSpec replica,
        Broadcast<ScoringModel> model,
        Broadcast<SerializableConfiguration> configuration,
        int batchSize,
        int top)
        implements Function<ScoreShare, ScoreTask.ScoreCounts> {

    @Override
    public ScoreCounts call(ScoreShare share) throws IOException, InterruptedException {
        Storage storage = Storage.of(configuration.value().value());
        Path file = new Path(directory, share.fileName());
        long attempt = TaskContext.get().taskAttemptId();
        ScoreCounts counts = ScoreCounts.NONE;
        try (ScoreFile table = new ScoreFile(file, attempt, top, storage);
                DecodedBatches<NamedPicture> batches = new DecodedBatches<>(
                        pictures(share, storage),
                        NamedPicture::encoded,
                        batchSize,
                        model.value().preprocessing())) {
            Optional<DecodedBatches.Decoded<NamedPicture>> batch = batches.next();
            while (batch.isPresent()) {
                counts = counts.plus(score(batch.get(), table));
                batch = batches.next();
            }
            table.commit();
        }
        return counts;
    }

    /** Part by part, because a part may be as large as a row group. */
    private static Iterator<NamedPicture> pictures(ScoreShare share, Storage storage) {
        return share.parts().stream()
                .flatMap(part -> part.pictures(storage).stream())
                .iterator();
    }

    private ScoreCounts score(DecodedBatches.Decoded<NamedPicture> decoded, ScoreFile table)
            throws IOException, InterruptedException {
        float[][] probabilities = ReplicaPool.lend(
                replica,
                lent -> lent.ask(network -> network.classify(model.value().parameters(), decoded.batch())));
        List<PictureResult> results = decoded.batch().results(model.value().labels(), probabilities);
        long unreadable = 0;
        for (int i = 0; i < results.size(); i++) {
            table.write(decoded.pictures().get(i).path(), results.get(i));
            unreadable += results.get(i).problem().isPresent() ? 1 : 0;
        }
        return new ScoreCounts(results.size(), unreadable);
    }

    /**
     * Counts, as sums over shares.
     *
     * @param pictures rows of the table
     * @param unreadable of them
     */
    record ScoreCounts(long pictures, long unreadable) implements Serializable {
        static final ScoreCounts NONE = new ScoreCounts(0, 0);

        ScoreCounts plus(ScoreCounts other) {
            return new ScoreCounts(pictures + other.pictures, unreadable + other.unreadable);
        }
    }
}
