package io.github.resnetspark.prepare;

import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.message.data.PrepareNotices;
import io.github.resnetspark.message.data.SourceFailures;
import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.source.PictureReader;
import io.github.resnetspark.source.PictureReader.PictureSink;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.SourceListing;
import io.github.resnetspark.source.SourceListing.SourceExample;
import io.github.resnetspark.spark.ShardwiseJob;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a share of the train split the validation split. The contents of a picture decide, and nothing else: neither its
 * name, nor the other pictures, nor the seed. So the same picture is never in both splits, and stays in its split when
 * pictures are added, moved or renamed.
 */
final class ValidationShare {
    private static final Logger LOG = LoggerFactory.getLogger(ValidationShare.class);
    /** Enough that no task is much longer than the others. */
    private static final int TASKS_PER_SLOT = 4;

    private static final int MOST_IN_TASK = 10_000;

    private final JavaSparkContext spark;
    private final PrepareSettings settings;

    ValidationShare(JavaSparkContext spark, PrepareSettings settings) {
        this.spark = spark;
        this.settings = settings;
    }

    /**
     * The listing with two splits, or as it is if the settings have no share.
     *
     * @throws SourceException if it has two splits already
     */
    SourceListing of(SourceListing listing) {
        if (settings.validationShare() == 0) {
            return listing;
        }
        if (!listing.validation().isEmpty()) {
            throw new SourceException(SourceFailures.hasValidation(
                    settings.source(), listing.validation().size()));
        }
        List<SourceExample> train = new ArrayList<>();
        List<SourceExample> validation = new ArrayList<>();
        BitSet chosen = chosen(listing);
        for (int i = 0; i < listing.train().size(); i++) {
            (chosen.get(i) ? validation : train).add(listing.train().get(i));
        }
        log(listing, validation);
        return new SourceListing(listing.classNames(), train, validation, listing.reader());
    }

    private BitSet chosen(SourceListing listing) {
        List<SourceExample> all = listing.train();
        int wanted = Math.max(spark.defaultParallelism() * TASKS_PER_SLOT, all.size() / MOST_IN_TASK);
        int each = Math.max(1, (all.size() + wanted - 1) / wanted);
        List<ArrayList<SourceExample>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += each) {
            parts.add(new ArrayList<>(all.subList(from, Math.min(all.size(), from + each))));
        }
        Broadcast<SerializableConfiguration> configuration = spark.broadcast(ShardwiseJob.configuration(spark));
        try {
            List<BitSet> found = new ShardwiseJob(spark, "Choosing validation pictures")
                    .run(parts, new Choose(listing.reader(), settings.validationShare(), configuration));
            BitSet chosen = new BitSet(all.size());
            for (int part = 0; part < found.size(); part++) {
                int first = part * each;
                found.get(part).stream().forEach(i -> chosen.set(first + i));
            }
            return chosen;
        } finally {
            configuration.destroy();
        }
    }

    private static void log(SourceListing listing, List<SourceExample> validation) {
        int classes = listing.classNames().size();
        long[] all = new long[classes];
        long[] validates = new long[classes];
        // The rows of a table that have no label have no class either.
        listing.train().stream().filter(example -> example.label() >= 0).forEach(example -> all[example.label()]++);
        validation.stream().filter(example -> example.label() >= 0).forEach(example -> validates[example.label()]++);
        List<Integer> byShare = IntStream.range(0, classes)
                .filter(label -> all[label] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(label -> (double) validates[label] / all[label]))
                .toList();
        if (byShare.isEmpty()) {
            return;
        }
        int least = byShare.get(0);
        int most = byShare.get(byShare.size() - 1);
        LOG.info(
                "{}",
                PrepareNotices.validationChosen(
                        validation.size(),
                        listing.train().size(),
                        listing.classNames().get(least),
                        (double) validates[least] / all[least],
                        listing.classNames().get(most),
                        (double) validates[most] / all[most]));
    }

    /** Where a digest lies among all, from 0 to less than 1. */
    static double position(byte[] sha256) {
        return (ByteBuffer.wrap(sha256).getLong() >>> 11) * 0x1.0p-53;
    }

    /**
     * The Spark task that reads some pictures and returns the positions of those that validate.
     *
     * @param reader reads the source's pictures
     * @param share of all
     * @param configuration the Hadoop configuration
     */
    private record Choose(PictureReader reader, double share, Broadcast<SerializableConfiguration> configuration)
            implements Function<ArrayList<SourceExample>, BitSet> {
        @Override
        public BitSet call(ArrayList<SourceExample> examples) throws IOException {
            Digests digests = new Digests();
            reader.read(examples, Storage.of(configuration.value().value()), digests);
            BitSet chosen = new BitSet(examples.size());
            for (int i = 0; i < digests.positions.size(); i++) {
                if (digests.positions
                        .get(i)
                        .filter(position -> position < share)
                        .isPresent()) {
                    chosen.set(i);
                }
            }
            return chosen;
        }
    }

    /** Receives each picture, in order. */
    private static final class Digests implements PictureSink {
        private final MessageDigest digest = Sha256.digest();
        private final List<Optional<Double>> positions = new ArrayList<>();

        @Override
        public void encoded(String path, int label, byte[] encoded) {
            positions.add(Optional.of(position(digest.digest(encoded))));
        }

        @Override
        public void pixels(String path, int label, RgbImage image) {
            digest.update(ByteBuffer.allocate(2 * Integer.BYTES)
                    .putInt(image.width())
                    .putInt(image.height())
                    .array());
            positions.add(Optional.of(position(digest.digest(image.pixels()))));
        }

        /** It trains nothing and validates nothing. */
        @Override
        public void reject(Quarantined picture) {
            positions.add(Optional.empty());
        }
    }
}
