package io.github.resnetspark.job.preflight;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ContentSummary;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.QuotaUsage;

/**
 * The free space of a file system.
 *
 * @param bytes for files, not counting replicas; empty if the file system does not report it
 * @param names number of files and directories; empty if it is not limited
 */
record FreeSpace(OptionalLong bytes, OptionalLong names) {
    /** File systems with quotas. Others list all files of a directory to compute its usage. */
    private static final Set<String> WITH_QUOTAS = Set.of("hdfs", "webhdfs", "swebhdfs");

    /** A NameNode counts all files below a directory without a quota, which takes long for many millions of files. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** No known limit. */
    static final FreeSpace UNKNOWN = new FreeSpace(OptionalLong.empty(), OptionalLong.empty());

    /** The free space at {@code place}, which need not exist: on the disks, and within the quotas of all directories above it. */
    static FreeSpace at(Path place, Configuration configuration) throws IOException {
        FileSystem files = place.getFileSystem(configuration);
        Path there = files.makeQualified(place);
        while (!there.isRoot() && !files.exists(there)) {
            there = there.getParent();
        }
        boolean coded = files.getFileStatus(there).isErasureCoded();
        long copies = coded ? 1 : Math.max(1, files.getDefaultReplication(there));
        long remaining = files.getStatus(there).getRemaining();
        FreeSpace free = new FreeSpace(
                remaining == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(remaining / copies),
                OptionalLong.empty());
        return WITH_QUOTAS.contains(files.getUri().getScheme()) ? free.within(files, there, copies) : free;
    }

    /** This space plus the files of an earlier run: a run that resumes it replaces them. */
    FreeSpace and(Path earlier, Configuration configuration) throws IOException {
        FileSystem files = earlier.getFileSystem(configuration);
        if (!files.exists(earlier)) {
            return this;
        }
        ContentSummary left = files.getContentSummary(earlier);
        return new FreeSpace(
                bytes.isPresent() ? OptionalLong.of(bytes.getAsLong() + left.getLength()) : bytes,
                names.isPresent()
                        ? OptionalLong.of(names.getAsLong() + left.getFileCount() + left.getDirectoryCount())
                        : names);
    }

    private FreeSpace within(FileSystem files, Path there, long copies) throws IOException {
        long begin = System.nanoTime();
        FreeSpace free = this;
        for (Path directory = there;
                directory != null && System.nanoTime() - begin < PATIENCE.toNanos();
                directory = directory.getParent()) {
            try {
                free = free.within(files.getQuotaUsage(directory), copies, files.getDefaultBlockSize(directory));
            } catch (IOException | UnsupportedOperationException e) {
                // No permission to see the quota, or the NameNode is too old: ignore this directory.
            }
        }
        return free;
    }

    private FreeSpace within(QuotaUsage usage, long copies, long block) {
        OptionalLong space = bytes;
        if (usage.getSpaceQuota() >= 0) {
            long left = Math.max(0, usage.getSpaceQuota() - usage.getSpaceConsumed());
            // A file that is being written uses whole blocks until it is closed.
            space = least(space, left < copies * block ? 0 : left / copies);
        }
        OptionalLong places = names;
        // The root of every HDFS has the quota Long.MAX_VALUE, which is no limit.
        if (usage.getQuota() >= 0 && usage.getQuota() < Long.MAX_VALUE) {
            places = least(places, Math.max(0, usage.getQuota() - usage.getFileAndDirectoryCount()));
        }
        return new FreeSpace(space, places);
    }

    private static OptionalLong least(OptionalLong one, long other) {
        return OptionalLong.of(Math.min(one.orElse(Long.MAX_VALUE), other));
    }
}
