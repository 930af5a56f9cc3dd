package io.github.resnetspark.source.format;

import io.github.resnetspark.message.data.ArchiveFailures;
import io.github.resnetspark.message.data.SourceNotices;
import io.github.resnetspark.message.data.SourceReasons;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.storage.Storage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * CIFAR-10's files in a tar archive. They are unpacked first, because tasks cannot start reading in the middle of a
 * compressed file.
 */
final class Cifar10Archive {
    static final String NAMES_FILE = "batches.meta.txt";

    private static final Logger LOG = LoggerFactory.getLogger(Cifar10Archive.class);
    private static final List<String> ENDINGS = List.of(".tar", ".tar.gz", ".tgz", ".tar.xz");

    /** The real files have 30 MB. */
    private static final long LARGEST_ENTRY = 1L << 30;

    private static final long LARGEST_TOTAL = 4L << 30;
    /** The strongest setting of xz needs 65 MiB. */
    private static final int XZ_MEMORY_KIB = 256 << 10;

    private final Path archive;
    private final Storage storage;

    Cifar10Archive(Path archive, Storage storage) {
        this.archive = archive;
        this.storage = storage;
    }

    static boolean isArchive(String name) {
        return ENDINGS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    }

    /**
     * Writes the {@code .bin} files and the file with the class names directly into {@code folder}, without the folders
     * of the archive.
     */
    void unpackTo(Path folder) throws IOException {
        if (!isArchive(archive.getName())) {
            throw new SourceException(ArchiveFailures.notCifar10(archive.toString()));
        }
        LOG.info("{}", SourceNotices.unpacking(archive.toString()));
        storage.delete(folder);
        storage.makeDirectories(folder);
        Set<String> unpacked = new HashSet<>();
        try (InputStream file = new BufferedInputStream(storage.open(archive), 1 << 18);
                TarFiles files = new TarFiles(archive, decompressed(file))) {
            long total = 0;
            for (Optional<TarArchiveEntry> next = files.next(); next.isPresent(); next = files.next()) {
                TarArchiveEntry entry = next.get();
                total += entry.getSize();
                refuseHuge(entry, total);
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (!TarFiles.isFile(entry) || !(name.endsWith(".bin") || name.equals(NAMES_FILE))) {
                    continue;
                }
                if (!unpacked.add(name)) {
                    throw new SourceException(ArchiveFailures.duplicateFile(archive.toString(), name));
                }
                try (OutputStream out = storage.create(new Path(folder, name))) {
                    files.copyTo(out, entry);
                }
            }
            if (!files.hasEnded()) {
                throw new IOException(SourceReasons.noEndMarker());
            }
        } catch (IOException e) {
            String reason = e.getMessage() == null ? SourceReasons.truncated() : e.getMessage();
            throw new SourceException(ArchiveFailures.cannotUnpack(archive.toString(), reason), e);
        }
    }

    private InputStream decompressed(InputStream file) throws IOException {
        String name = archive.getName().toLowerCase(Locale.ROOT);
        if (name.endsWith(".xz")) {
            return new XZInputStream(file, XZ_MEMORY_KIB);
        }
        return name.endsWith("gz") ? new GZIPInputStream(file, 1 << 16) : file;
    }

    private void refuseHuge(TarArchiveEntry entry, long total) {
        if (entry.getSize() > LARGEST_ENTRY || total > LARGEST_TOTAL) {
            throw new SourceException(ArchiveFailures.tooLarge(
                    archive.toString(), entry.getName(), entry.getSize(), total, LARGEST_ENTRY, LARGEST_TOTAL));
        }
    }
}
