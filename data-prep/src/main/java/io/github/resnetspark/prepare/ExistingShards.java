package io.github.resnetspark.prepare;

import io.github.resnetspark.message.data.PrepareFailures;
import io.github.resnetspark.prepare.ShardPlanner.PlannedShard;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The shards that a directory contains before a preparation.
 *
 * @param directory the directory
 * @param preparation the preparation to run
 * @param manifest the manifest of an earlier, completed run of the same preparation
 * @param damaged the listed shards that must be written again
 */
record ExistingShards(
        ShardDirectory directory, Preparation preparation, Optional<Manifest> manifest, List<String> damaged) {

    /**
     * Inspects a directory.
     *
     * @throws ShardException if it contains anything but shards of this preparation
     */
    static ExistingShards of(JavaSparkContext spark, ShardDirectory directory, Preparation preparation)
            throws IOException {
        Optional<Manifest> manifest =
                directory.hasManifest() ? Optional.of(directory.readManifest()) : Optional.empty();
        List<String> damaged = List.of();
        if (manifest.isPresent()) {
            refuseAnother(directory, manifest.get(), preparation);
            damaged = DamagedShards.find(spark, directory, manifest.get());
            refuseOldAndDamaged(directory, manifest.get(), damaged);
        }
        ExistingShards existing = new ExistingShards(directory, preparation, manifest, damaged);
        if (!existing.isComplete()) {
            refuseForeignFiles(directory);
        }
        return existing;
    }

    /** Whether there is nothing to do. */
    boolean isComplete() {
        return manifest.isPresent() && damaged.isEmpty();
    }

    /** Refuses shards that this preparation would not write, or would write with other contents. */
    void refuseOtherShards(List<PlannedShard> tasks) throws IOException {
        Set<String> planned = new HashSet<>();
        tasks.forEach(task -> planned.add(task.name()));
        for (String name : directory.shards().keySet()) {
            if (!planned.contains(name)) {
                throw new ShardException(
                        PrepareFailures.unplannedShard(directory.file(name).toString()));
            }
            new FinishedShard(directory, name, preparation.fingerprint()).refuseAnother();
        }
    }

    private static void refuseAnother(ShardDirectory directory, Manifest manifest, Preparation preparation)
            throws IOException {
        if (!preparation.isThatOf(manifest)) {
            throw new ShardException(
                    PrepareFailures.otherDataSet(directory.path().toString(), preparation.differences(manifest)));
        }
    }

    /**
     * A complete directory of an older format version is fine, but missing shards cannot be replaced by shards of the
     * newest version.
     */
    private static void refuseOldAndDamaged(ShardDirectory directory, Manifest manifest, List<String> damaged) {
        if (manifest.formatVersion() != Manifest.FORMAT_VERSION && !damaged.isEmpty()) {
            throw new ShardException(PrepareFailures.oldAndDamaged(
                    directory.path().toString(),
                    manifest.formatVersion(),
                    damaged.size(),
                    manifest.shards().size(),
                    damaged.get(0),
                    Manifest.FORMAT_VERSION));
        }
    }

    private static void refuseForeignFiles(ShardDirectory directory) throws IOException {
        List<String> foreign = directory.foreignFiles();
        if (!foreign.isEmpty()) {
            throw new ShardException(
                    PrepareFailures.foreignFiles(directory.path().toString(), foreign.get(0)));
        }
    }
}
