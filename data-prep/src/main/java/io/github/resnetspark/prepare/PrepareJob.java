package io.github.resnetspark.prepare;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.message.data.LabelFailures;
import io.github.resnetspark.message.data.PrepareFailures;
import io.github.resnetspark.message.data.PrepareNotices;
import io.github.resnetspark.message.data.SourceFailures;
import io.github.resnetspark.prepare.ShardPlanner.PlannedShard;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.ShardsUnavailableException;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.source.PictureSource;
import io.github.resnetspark.source.PictureSource.ParallelWork;
import io.github.resnetspark.source.PictureSource.SourceNotes;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.SourceListing;
import io.github.resnetspark.source.format.PictureSources;
import io.github.resnetspark.spark.ShardwiseJob;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.StorageLock.LockLostException;
import io.github.resnetspark.text.ClassNames;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converts a source to a directory of shards.
 *
 * <p>May be killed at any time and run again: it reuses intact shards and writes the others. A complete directory is
 * not changed. A directory with data from another source or other options is refused.
 */
public final class PrepareJob {
    private static final Logger LOG = LoggerFactory.getLogger(PrepareJob.class);

    private final JavaSparkContext spark;

    public PrepareJob(JavaSparkContext spark) {
        this.spark = spark;
    }

    /**
     * Runs the job.
     *
     * @param settings the source and the options
     * @param shards the directory to write to, a path on any Hadoop file system, not URI-encoded
     * @throws SourceException if the source cannot be used, or if too many pictures are unusable
     * @throws ShardException if the directory contains other data
     * @throws ShardsUnavailableException if another run writes to it, or if its manifest cannot be read at the
     *     moment
     * @throws LockLostException if this run paused for so long that another run took over
     */
    public PrepareReport run(PrepareSettings settings, String shards) throws IOException {
        return run(settings, new Path(shards));
    }

    /** The same for a directory as a URI. */
    public PrepareReport run(PrepareSettings settings, URI shards) throws IOException {
        return run(settings, new Path(shards));
    }

    /**
     * Identifies a preparation: the SHA-256 of the options and the inventory of the source's files.
     *
     * @throws SourceException if the source cannot be used
     */
    public String fingerprint(PrepareSettings settings) throws IOException {
        PictureSource source = PictureSources.open(settings, Storage.of(spark.hadoopConfiguration()));
        return Preparation.of(settings, source).fingerprint();
    }

    private PrepareReport run(PrepareSettings settings, Path shards) throws IOException {
        ShardDirectory directory = new ShardDirectory(shards, spark.hadoopConfiguration()).qualified();
        PictureSource source = PictureSources.open(settings, directory.storage());
        Preparation preparation = Preparation.of(settings, source);
        // A complete directory may be read-only, so it is checked without a lock.
        ExistingShards before = ExistingShards.of(spark, directory, preparation);
        if (before.isComplete()) {
            return nothingToDo(directory, before, source);
        }
        try (PreparationLock lock = PreparationLock.take(directory)) {
            // Another run may have completed it in the meantime.
            ExistingShards now = ExistingShards.of(spark, directory, preparation);
            if (now.isComplete()) {
                return nothingToDo(directory, now, source);
            }
            try {
                return prepare(settings, directory, source, preparation, now, lock);
            } finally {
                if (lock.isHeld()) {
                    directory.removeLeftovers(preparation.fingerprint());
                }
            }
        }
    }

    private PrepareReport prepare(
            PrepareSettings settings,
            ShardDirectory directory,
            PictureSource source,
            Preparation preparation,
            ExistingShards existing,
            PreparationLock lock)
            throws IOException {
        SourceListing listing = new ValidationShare(spark, settings)
                .of(source.list(directory.staging(preparation.fingerprint()), new SparkWork(spark)));
        LOG.info(
                "{}",
                PrepareNotices.contents(
                        settings.source(),
                        listing.train().size(),
                        listing.validation().size(),
                        listing.classNames().size()));
        refuseNames(listing);
        List<PlannedShard> tasks = new ShardPlanner(settings).plan(listing);
        existing.refuseOtherShards(tasks);
        lock.requireHeld();
        for (String name : existing.damaged()) {
            // Otherwise a shard that is readable but differs from the manifest would be reused.
            directory.storage().delete(directory.file(name));
        }
        List<ShardResult> results = write(directory, settings, preparation, listing, tasks);
        List<Manifest.Shard> kept = kept(results);
        warnOfDarkness(settings, results);
        refuseTooManyRejected(settings, ManifestAssembly.quarantined(results));
        refuseNothing(settings, listing, results);
        Manifest manifest =
                ManifestAssembly.assemble(preparation, ToolVersion.current(), listing.classNames(), results);
        lock.requireHeld();
        directory.writeManifest(manifest);
        return report(PrepareReport.Outcome.WRITTEN, manifest, kept.size(), source.notes());
    }

    private static void refuseNames(SourceListing listing) {
        List<String> problems = ClassNames.problems(listing.classNames(), LabelFailures.renameClass());
        if (!problems.isEmpty()) {
            throw new SourceException(LabelFailures.unusableClassNames(problems));
        }
    }

    private static PrepareReport nothingToDo(ShardDirectory directory, ExistingShards existing, PictureSource source)
            throws IOException {
        Manifest manifest = existing.manifest().orElseThrow();
        LOG.info("{}", PrepareNotices.complete(directory.path().toString()));
        return report(
                PrepareReport.Outcome.NOTHING_TO_DO, manifest, manifest.shards().size(), source.notes());
    }

    private static List<Manifest.Shard> kept(List<ShardResult> results) {
        List<Manifest.Shard> all = results.stream().map(ShardResult::shard).toList();
        List<Manifest.Shard> kept = results.stream()
                .filter(result -> result.origin() == ShardResult.Origin.KEPT)
                .map(ShardResult::shard)
                .toList();
        if (!kept.isEmpty()) {
            LOG.info("{}", PrepareNotices.resuming(kept.size(), all.size(), ShardRanges.of(all, kept)));
        }
        return kept;
    }

    private List<ShardResult> write(
            ShardDirectory directory,
            PrepareSettings settings,
            Preparation preparation,
            SourceListing listing,
            List<PlannedShard> tasks) {
        Broadcast<SerializableConfiguration> configuration = spark.broadcast(ShardwiseJob.configuration(spark));
        try {
            return new ShardwiseJob(spark, "Writing shards")
                    .run(
                            tasks,
                            new WriteShard(
                                    directory.path().toString(),
                                    preparation.fingerprint(),
                                    listing.classNames(),
                                    settings.rowGroup(),
                                    settings.pictures(),
                                    preparation.sample(),
                                    listing.reader(),
                                    configuration));
        } finally {
            configuration.destroy();
        }
    }

    private static void warnOfDarkness(PrepareSettings settings, List<ShardResult> results) {
        long darkened = results.stream()
                .mapToLong(result -> result.summary().darkened())
                .sum();
        if (darkened > 0) {
            LOG.warn("{}", PrepareNotices.darkened(settings.source(), darkened));
        }
    }

    private static void refuseTooManyRejected(PrepareSettings settings, List<Quarantined> quarantined) {
        for (Quarantined picture : quarantined) {
            LOG.warn("{}", PrepareNotices.skipped(picture.path(), picture.reason()));
        }
        if (quarantined.size() > settings.maxRejected()) {
            Quarantined first = quarantined.get(0);
            throw new SourceException(
                    Kind.DATA,
                    PrepareFailures.tooManySkipped(
                            settings.source(),
                            quarantined.size(),
                            settings.maxRejected(),
                            first.path(),
                            first.reason()));
        }
    }

    private static void refuseNothing(PrepareSettings settings, SourceListing listing, List<ShardResult> results) {
        Split needed = listing.train().isEmpty() && !listing.validation().isEmpty() ? Split.VALIDATION : Split.TRAIN;
        if (results.stream().map(ShardResult::shard).noneMatch(shard -> shard.split() == needed && shard.rows() > 0)) {
            throw new SourceException(SourceFailures.noUsablePictures(settings.source(), needed.key()));
        }
    }

    private static PrepareReport report(PrepareReport.Outcome outcome, Manifest manifest, int kept, SourceNotes notes) {
        List<String> coverage = ClassCoverage.warnings(manifest);
        coverage.forEach(LOG::warn);
        // The source has already logged its own warnings.
        List<String> warnings = new ArrayList<>(notes.warnings());
        warnings.addAll(coverage);
        return new PrepareReport(
                outcome,
                manifest.shards().stream().mapToLong(Manifest.Shard::rows).sum(),
                manifest.examples(Split.TRAIN),
                manifest.examples(Split.VALIDATION),
                manifest.quarantined().size(),
                manifest.shards().size(),
                kept,
                manifest.classes(),
                notes.passedOver(),
                warnings);
    }

    /** Runs work for sources in Spark tasks. */
    private record SparkWork(JavaSparkContext spark) implements ParallelWork {
        @Override
        public <T, R> List<R> run(String doing, List<T> items, Function<T, R> function) {
            return new ShardwiseJob(spark, doing).run(items, function);
        }
    }
}
