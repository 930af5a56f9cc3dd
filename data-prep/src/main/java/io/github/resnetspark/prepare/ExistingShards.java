package io.github.resnetspark.prepare;

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
 * What a directory of shards holds before a preparation.
 *
 * @param directory which
 * @param preparation that is to be done
 * @param manifest of an earlier run of the same preparation, if it was finished
 * @param damaged the manifest's shards that have to be written again
 */
record ExistingShards(
        ShardDirectory directory, Preparation preparation, Optional<Manifest> manifest, List<String> damaged) {

    /**
     * Looks at the directory.
     *
     * @throws ShardException if it holds anything but shards of this preparation
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
            refuseStrangers(directory);
        }
        return existing;
    }

    /** Whether nothing is to be done. */
    boolean isComplete() {
        return manifest.isPresent() && damaged.isEmpty();
    }

    /** Refuses shards that this preparation would not write, or not like that. */
    void refuseOtherShards(List<PlannedShard> tasks) throws IOException {
        Set<String> planned = new HashSet<>();
        tasks.forEach(task -> planned.add(task.name()));
        for (String name : directory.shards().keySet()) {
            if (!planned.contains(name)) {
                throw new ShardException(directory.file(name) + " is of another preparation: this one does not write "
                        + "it. Set data.shards to an empty directory, or delete that one.");
            }
            new FinishedShard(directory, name, preparation.fingerprint()).refuseAnother();
        }
    }

    private static void refuseAnother(ShardDirectory directory, Manifest manifest, Preparation preparation)
            throws IOException {
        if (!preparation.isThatOf(manifest)) {
            throw new ShardException(directory.path() + " already holds shards that were prepared differently ("
                    + preparation.differences(manifest) + "). Set data.shards to an empty directory, or delete that "
                    + "one.");
        }
    }

    /** Those of an older format version are complete as they are, but not to be completed by shards of the newest. */
    private static void refuseOldAndDamaged(ShardDirectory directory, Manifest manifest, List<String> damaged) {
        if (manifest.formatVersion() != Manifest.FORMAT_VERSION && !damaged.isEmpty()) {
            throw new ShardException(directory.path() + " has format version " + manifest.formatVersion()
                    + ", of which "
                    + damaged.size() + " of " + manifest.shards().size() + " shards are missing or damaged, such as "
                    + damaged.get(0) + ". This release writes format version " + Manifest.FORMAT_VERSION
                    + ": restore those shards, or set data.shards to an empty directory.");
        }
    }

    private static void refuseStrangers(ShardDirectory directory) throws IOException {
        List<String> strangers = directory.strangers();
        if (!strangers.isEmpty()) {
            throw new ShardException(directory.path() + " holds other things, such as «" + strangers.get(0)
                    + "». Set data.shards to an empty or a new directory.");
        }
    }
}
