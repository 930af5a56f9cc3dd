package io.github.resnetspark.prepare;

import io.github.resnetspark.failure.Failure.Kind;
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
import io.github.resnetspark.text.ShownText;
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
 * Turns a source into a directory of shards.
 *
 * <p>May be killed at any time and run again: it keeps the shards that are whole, and writes the others. A directory that
 * is complete is left alone, and one that was made otherwise is refused.
 */
public final class PrepareJob {
    private static final Logger LOG = LoggerFactory.getLogger(PrepareJob.class);
    private static final int NAMED = 10;

    private final JavaSparkContext spark;

    public PrepareJob(JavaSparkContext spark) {
        this.spark = spark;
    }

    /**
     * Runs the job.
     *
     * @param settings what to prepare, and how
     * @param shards the directory to write to, a path of any Hadoop file system; nothing in it is escaped
     * @throws SourceException if the source cannot be used, or more pictures than allowed are damaged
     * @throws ShardException if the directory holds something else
     * @throws ShardsUnavailableException if another run writes to it, or its manifest cannot be read just now
     * @throws LockLostException if this run stood still for so long that another one went on in its place
     */
    public PrepareReport run(PrepareSettings settings, String shards) throws IOException {
        return run(settings, new Path(shards));
    }

    /** The same, where the path of the directory is escaped, as in every URI. */
    public PrepareReport run(PrepareSettings settings, URI shards) throws IOException {
        return run(settings, new Path(shards));
    }

    /**
     * What tells one preparation from another: a SHA-256 over the options and the inventory of the source's files, whose
     * contents are not read.
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
        // A directory that is complete may be one that nobody can write to, a lock in it included.
        ExistingShards before = ExistingShards.of(spark, directory, preparation);
        if (before.isComplete()) {
            return nothingToDo(directory, before, source);
        }
        try (PreparationLock lock = PreparationLock.take(directory)) {
            // Another run may have written it meanwhile.
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
        SourceListing listing = source.list(directory.staging(preparation.fingerprint()), new SparkWork(spark));
        LOG.info(
                "{}: {} pictures to train on, {} to validate with, {} classes",
                ShownText.line(settings.source()),
                listing.train().size(),
                listing.validation().size(),
                listing.classNames().size());
        refuseNames(listing);
        List<PlannedShard> tasks = new ShardPlanner(settings).plan(listing);
        existing.refuseOtherShards(tasks);
        lock.requireHeld();
        for (String name : existing.damaged()) {
            // A shard that still reads, but not as the manifest says, would be kept.
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
        List<String> problems = ClassNames.problems(
                listing.classNames(), "Rename it in the source: its folder, or the line of the file that names it.");
        if (!problems.isEmpty()) {
            int more = problems.size() - NAMED;
            throw new SourceException(String.join(" ", problems.subList(0, Math.min(NAMED, problems.size())))
                    + (more > 0 ? " So are " + more + " more." : ""));
        }
    }

    private static PrepareReport nothingToDo(ShardDirectory directory, ExistingShards existing, PictureSource source)
            throws IOException {
        Manifest manifest = existing.manifest().orElseThrow();
        LOG.info(
                "{} is complete: nothing to do", ShownText.line(directory.path().toString()));
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
            LOG.info(
                    "{} of {} shards stood already and were kept: {}",
                    kept.size(),
                    all.size(),
                    ShardRanges.of(all, kept));
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
            LOG.warn(
                    "{}: {} of 16 bits use at most 14 of them and are stored dark. Set prepare.sixteen-bit = stretch,"
                            + " and data.shards to an empty directory, to give them their full range.",
                    ShownText.line(settings.source()),
                    darkened == 1 ? "1 picture" : darkened + " pictures");
        }
    }

    private static void refuseTooManyRejected(PrepareSettings settings, List<Quarantined> quarantined) {
        for (Quarantined picture : quarantined) {
            LOG.warn("Left out: {}: {}", ShownText.line(picture.path()), ShownText.line(picture.reason()));
        }
        if (quarantined.size() > settings.maxRejected()) {
            Quarantined first = quarantined.get(0);
            throw new SourceException(
                    Kind.DATA,
                    settings.source() + ": " + quarantined.size()
                            + (quarantined.size() == 1 ? " picture" : " pictures")
                            + " cannot be used but prepare.max-rejected is "
                            + settings.maxRejected() + "; the first is " + first.path() + ": " + first.reason()
                            + " Raise prepare.max-rejected to leave them out: the shards that stand are kept then. Or repair or remove "
                            + "such files and set data.shards to an empty directory.");
        }
    }

    private static void refuseNothing(PrepareSettings settings, SourceListing listing, List<ShardResult> results) {
        Split needed = listing.train().isEmpty() && !listing.validation().isEmpty() ? Split.VALIDATION : Split.TRAIN;
        if (results.stream().map(ShardResult::shard).noneMatch(shard -> shard.split() == needed && shard.rows() > 0)) {
            throw new SourceException(settings.source() + " has no picture to "
                    + (needed == Split.TRAIN ? "train on" : "validate with")
                    + " that can be decoded. Correct prepare.source.");
        }
    }

    private static PrepareReport report(PrepareReport.Outcome outcome, Manifest manifest, int kept, SourceNotes notes) {
        List<String> coverage = ClassCoverage.warnings(manifest);
        coverage.forEach(LOG::warn);
        // The source has logged its own before the work began.
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

    /** Work for sources, done by Spark's tasks. */
    private record SparkWork(JavaSparkContext spark) implements ParallelWork {
        @Override
        public <T, R> List<R> run(String doing, List<T> items, Function<T, R> function) {
            return new ShardwiseJob(spark, doing).run(items, function);
        }
    }
}
