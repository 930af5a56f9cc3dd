package io.github.resnetspark.job.input;

import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.message.job.TrainingNotices;
import io.github.resnetspark.shard.ShardRow;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cached row groups in files on a local disk, which several executors may share. Files are written atomically. A file
 * that cannot be read or does not match its checksum is deleted, and the row group is read from its shard.
 *
 * <p>Row groups of other data sets are evicted to make room, but those of this data set are not. Once the cache is full
 * of them, nothing is added: every epoch reads every row group once, so replacing one by another would gain nothing.
 */
final class RowGroupFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RowGroupFiles.class);
    private static final String ENDING = ".rows";
    private static final String PART = "part-";
    private static final Duration LEFT_OVER = Duration.ofHours(1);
    private static final int DATA_SET_DIGITS = 16;

    private final MinibatchSource.LocalCache cache;
    private final Path folder;
    private final String dataSet;
    private final String part = PART + UUID.randomUUID();
    private boolean writable;

    /** @param directory of the shards, which identifies the data set */
    RowGroupFiles(MinibatchSource.LocalCache cache, String directory) {
        this.cache = cache;
        this.folder = Path.of(cache.folder());
        this.writable = !cache.folder().isEmpty();
        this.dataSet = Sha256.of(directory.getBytes(StandardCharsets.UTF_8)).substring(0, DATA_SET_DIGITS) + "-";
    }

    /** The row group of that name, if it is cached and undamaged. */
    Optional<List<ShardRow>> read(String name) {
        Path file = folder.resolve(dataSet + name + ENDING);
        if (cache.folder().isEmpty() || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<ShardRow> rows = RowGroupFile.read(file);
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
            return Optional.of(rows);
        } catch (IOException | RuntimeException e) {
            LOG.warn(TrainingNotices.cacheFileDamaged(file.toString(), e.toString()));
            delete(file);
            return Optional.empty();
        }
    }

    /** Caches a row group if there is room. A disk that cannot be written only turns the cache off. */
    void write(String name, List<ShardRow> rows) {
        if (!writable) {
            return;
        }
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                // If another process is writing, skip this row group. The next epoch can cache it.
                if (lock != null && makePlace(bytes(rows))) {
                    RowGroupFile.write(rows, folder.resolve(part));
                    Files.move(
                            folder.resolve(part),
                            folder.resolve(dataSet + name + ENDING),
                            StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug(TrainingNotices.cacheInUse(folder.toString()));
        } catch (IOException e) {
            writable = false;
            LOG.warn(TrainingNotices.cacheNotWritable(folder.toString(), e.toString()));
        }
    }

    /** Deletes files of other data sets, least recently used first, until there is room. Returns whether there is. */
    private boolean makePlace(long bytes) throws IOException {
        long total = bytes;
        List<Found> others = new ArrayList<>();
        for (Found file : found()) {
            String name = file.path.getFileName().toString();
            if (name.startsWith(PART) && file.used.isBefore(Instant.now().minus(LEFT_OVER))) {
                delete(file.path);
                continue;
            }
            total += file.bytes;
            if (name.endsWith(ENDING) && !name.startsWith(dataSet)) {
                others.add(file);
            }
        }
        others.sort(Comparator.comparing(Found::used));
        for (Found other : others) {
            if (total > cache.bytes()) {
                delete(other.path);
                total -= other.bytes;
            }
        }
        return total <= cache.bytes();
    }

    private record Found(Path path, long bytes, Instant used) {}

    private List<Found> found() throws IOException {
        List<Path> paths;
        try (Stream<Path> listing = Files.list(folder)) {
            paths = listing.toList();
        }
        List<Found> found = new ArrayList<>();
        for (Path path : paths) {
            try {
                BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
                found.add(new Found(path, file.size(), file.lastModifiedTime().toInstant()));
            } catch (NoSuchFileException e) {
                LOG.debug(TrainingNotices.cacheFileGone(path.toString()));
            }
        }
        return found;
    }

    private static long bytes(List<ShardRow> rows) {
        return rows.stream().mapToLong(row -> row.bytes().length + 256L).sum();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn(TrainingNotices.cacheFileNotDeleted(file.toString(), e.toString()));
        }
    }
}
