package io.github.resnetspark.verify;

import io.github.resnetspark.message.data.VerifyNotices;
import io.github.resnetspark.shard.ChannelSample;
import io.github.resnetspark.shard.ChannelSums;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Manifest.ChannelStatistics;
import io.github.resnetspark.shard.Manifest.SplitCounts;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.spark.ShardwiseJob;
import io.github.resnetspark.text.ShownText;
import io.github.resnetspark.verify.ShardCheck.Findings;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Re-reads a directory of shards, compares it with its manifest, and reports all differences. */
public final class VerifyJob {
    private static final Logger LOG = LoggerFactory.getLogger(VerifyJob.class);
    private static final double TOLERANCE = 1e-9;

    private final JavaSparkContext spark;

    public VerifyJob(JavaSparkContext spark) {
        this.spark = spark;
    }

    /**
     * Runs the job.
     *
     * @param shards the directory, on any Hadoop file system
     * @param decoding which pictures to decode
     * @throws ShardException if there is no manifest, or if it cannot be read
     */
    public VerifyReport run(URI shards, Decoding decoding) throws IOException {
        ShardDirectory directory = new ShardDirectory(new Path(shards), spark.hadoopConfiguration()).qualified();
        Manifest manifest = directory.readManifest();
        List<Findings> findings = check(directory, manifest, decoding);
        List<String> problems = new ArrayList<>();
        findings.forEach(finding -> problems.addAll(finding.problems()));
        if (problems.isEmpty()) {
            problems.addAll(differingTotals(manifest, findings, decoding));
        }
        problems.addAll(extraShards(directory, manifest));
        problems.forEach(problem -> LOG.warn("{}", ShownText.line(problem)));
        return new VerifyReport(
                findings.stream().mapToLong(Findings::examples).sum(),
                findings.stream().mapToLong(Findings::decoded).sum(),
                findings.size(),
                problems);
    }

    private List<Findings> check(ShardDirectory directory, Manifest manifest, Decoding decoding) {
        Broadcast<SerializableConfiguration> configuration = spark.broadcast(ShardwiseJob.configuration(spark));
        try {
            return new ShardwiseJob(spark, "Verifying shards")
                    .run(
                            manifest.shards(),
                            new CheckShard(
                                    directory.path().toString(),
                                    manifest.formatVersion(),
                                    manifest.fingerprint(),
                                    manifest.classes(),
                                    decoding,
                                    ChannelSample.of(manifest.channels().sample())
                                            .orElse(ChannelSample.EVERY_PICTURE),
                                    configuration));
        } finally {
            configuration.destroy();
        }
    }

    /** Compares totals. Only called if all shards are intact, because one missing shard would change every total. */
    private static List<String> differingTotals(Manifest manifest, List<Findings> findings, Decoding decoding) {
        List<String> problems = new ArrayList<>();
        for (SplitCounts counts : manifest.splits()) {
            for (int label = 0; label < manifest.classes(); label++) {
                long found = classCount(findings, counts.split(), label);
                long expected = counts.perClass().get(label);
                if (found != expected) {
                    problems.add(VerifyNotices.classCount(
                            manifest.classNames().get(label), counts.split().key(), expected, found));
                }
            }
        }
        if (decoding == Decoding.ALL
                && ChannelSample.of(manifest.channels().sample()).isPresent()) {
            Split sampled = manifest.examples(Split.TRAIN) == 0 ? Split.VALIDATION : Split.TRAIN;
            problems.addAll(differingChannels(manifest.channels(), findings, sampled));
        }
        return problems;
    }

    private static long classCount(List<Findings> findings, Split split, int label) {
        return findings.stream()
                .filter(finding -> finding.split() == split)
                .mapToLong(finding -> finding.perClass().get(label))
                .sum();
    }

    private static List<String> differingChannels(ChannelStatistics expected, List<Findings> findings, Split sampled) {
        ChannelStatistics found = findings.stream()
                .filter(finding -> finding.split() == sampled)
                .map(Findings::channels)
                .reduce(ChannelSums.NONE, ChannelSums::plus)
                .toManifest(expected.sample());
        if (differ(expected.mean(), found.mean()) || differ(expected.std(), found.std())) {
            return List.of(
                    VerifyNotices.channels(sampled.key(), expected.mean(), expected.std(), found.mean(), found.std()));
        }
        return List.of();
    }

    private static boolean differ(List<Double> some, List<Double> others) {
        for (int i = 0; i < others.size(); i++) {
            if (some.size() != others.size() || !(Math.abs(some.get(i) - others.get(i)) <= TOLERANCE)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> extraShards(ShardDirectory directory, Manifest manifest) throws IOException {
        Set<String> listed =
                manifest.shards().stream().map(Manifest.Shard::name).collect(Collectors.toSet());
        return directory.shards().keySet().stream()
                .filter(name -> !listed.contains(name))
                .map(VerifyNotices::notListed)
                .toList();
    }

    /** Which pictures are decoded. The header of every picture is checked in any case. */
    public enum Decoding {
        /** Every picture. This also recomputes the mean and the standard deviation. */
        ALL,
        /** The first of every 16 pictures. */
        SAMPLE;

        private static final int SAMPLED_OF = 16;

        boolean includes(long row) {
            return this == ALL || row % SAMPLED_OF == 0;
        }
    }

    /**
     * The Spark task that checks one shard.
     *
     * @param directory the directory of the shards
     * @param formatVersion the format version in the manifest
     * @param fingerprint the fingerprint that the footers must have
     * @param classes the number of classes
     * @param decoding which pictures to decode
     * @param sample the pictures from which the manifest's channel statistics are computed
     * @param configuration the Hadoop configuration
     */
    private record CheckShard(
            String directory,
            int formatVersion,
            String fingerprint,
            int classes,
            Decoding decoding,
            ChannelSample sample,
            Broadcast<SerializableConfiguration> configuration)
            implements Function<Manifest.Shard, Findings> {
        @Override
        public Findings call(Manifest.Shard shard) {
            ShardDirectory shards = new ShardDirectory(
                    new Path(directory), configuration.value().value());
            return new ShardCheck(shards, shard, formatVersion, fingerprint, classes, decoding, sample).findings();
        }
    }

    /**
     * The result of a verification.
     *
     * @param examples the number of pictures that were read
     * @param decoded the number of pictures that were decoded
     * @param shards the number of shards that the manifest lists
     * @param problems one sentence each, in the order of the shards; empty if there are none
     */
    public record VerifyReport(long examples, long decoded, int shards, List<String> problems) {
        public VerifyReport {
            problems = List.copyOf(problems);
        }

        /** Whether there are no problems. */
        public boolean ok() {
            return problems.isEmpty();
        }
    }
}
