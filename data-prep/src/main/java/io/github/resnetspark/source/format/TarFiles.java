package io.github.resnetspark.source.format;

import io.github.resnetspark.message.data.ArchiveFailures;
import io.github.resnetspark.message.data.SourceReasons;
import io.github.resnetspark.source.SourceException;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Reads the entries of an untrusted tar archive one by one. Refuses entries that would need more memory or disk space
 * than the archive has bytes.
 */
final class TarFiles implements Closeable {
    /** Long names and attributes are stored before a file. No archiver needs more than this for them. */
    private static final int LONGEST_HEADER = 1 << 20;
    /** Nearly the number of all pictures of ILSVRC2012, for one of its thousand archives. */
    private static final int MOST_ENTRIES = 1 << 20;

    private static final Pattern COMPANION = Pattern.compile(
            "(?:.*/)?(?:\\._[^/]*|\\.DS_Store|__MACOSX(?:/.*)?|PaxHeaders?(?:\\.\\d+)?/.*)", Pattern.DOTALL);

    private final Path archive;
    private final Limited in;
    private final EndedTar tar;
    private int entries;

    /** @param in the uncompressed bytes of the archive; closed with this object */
    TarFiles(Path archive, InputStream in) {
        this.archive = archive;
        this.in = new Limited(in);
        this.tar = new EndedTar(this.in);
    }

    /**
     * The next entry. Its bytes start at the position of {@code in}.
     *
     * @return empty at the end of the archive, or if it is truncated between two entries
     * @throws IOException if the bytes are not those of a tar archive
     * @throws SourceException if a name points outside the archive, or a file is sparse
     */
    Optional<TarArchiveEntry> next() throws IOException {
        in.skipRestOf(tar);
        in.left = LONGEST_HEADER;
        TarArchiveEntry entry = tar.getNextTarEntry();
        in.left = Long.MAX_VALUE;
        if (entry == null) {
            return Optional.empty();
        }
        if (++entries > MOST_ENTRIES) {
            throw new IOException(SourceReasons.tooManyEntries(MOST_ENTRIES));
        }
        refuseEscapes(entry.getName());
        refuseSparse(entry);
        return Optional.of(entry);
    }

    /** Whether an entry is a regular file: not a folder, link, device or companion file. */
    static boolean isFile(TarArchiveEntry entry) {
        return entry.isFile()
                && !entry.isSymbolicLink()
                && !entry.isLink()
                && !entry.isCharacterDevice()
                && !entry.isBlockDevice()
                && !entry.isFIFO()
                && !isCompanion(entry.getName());
    }

    /** Copies the file that {@link #next} returned, exactly its number of bytes. */
    void copyTo(OutputStream out, TarArchiveEntry entry) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long copied = 0;
        for (int found = tar.read(buffer, 0, buffer.length); found >= 0; found = tar.read(buffer, 0, buffer.length)) {
            copied += found;
            if (copied > entry.getSize()) {
                break;
            }
            out.write(buffer, 0, found);
        }
        if (copied > entry.getSize()) {
            throw new IOException(SourceReasons.entryTooLong(entry.getName(), entry.getSize()));
        }
        if (copied < entry.getSize()) {
            throw new IOException(SourceReasons.entryTooShort(entry.getName(), copied, entry.getSize()));
        }
    }

    /** Whether the end marker was read. The library also treats a truncation between two files as the end. */
    boolean hasEnded() {
        return tar.ended;
    }

    /**
     * Whether a file was created by a system: {@code ._n01440764.tar}, in which macOS keeps attributes of the file next
     * to it, {@code .DS_Store}, {@code __MACOSX}, or a header that an old archiver unpacked as a file.
     */
    static boolean isCompanion(String name) {
        return COMPANION.matcher(name).matches();
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    /** Refuses a name that would be outside the folder to which the archive is unpacked. */
    private void refuseEscapes(String name) {
        if (name.startsWith("/") || Arrays.asList(name.split("/")).contains("..")) {
            throw new SourceException(ArchiveFailures.escapingEntry(archive.toString(), name));
        }
    }

    /** A few bytes of a sparse file may represent terabytes of zeros. Pictures have no holes. */
    private void refuseSparse(TarArchiveEntry entry) {
        if (entry.isSparse()) {
            throw new SourceException(
                    ArchiveFailures.sparseEntry(archive.toString(), entry.getName(), entry.getRealSize()));
        }
    }

    /** Limits the bytes that the library reads. Skipped bytes do not count. */
    private static final class Limited extends FilterInputStream {
        private long left = LONGEST_HEADER;
        private boolean skips;

        /**
         * Skips what was not read of the present entry. Since release 1.26, the library reads what it should skip: it would read
         * all of an archive whose members only are wanted, and that would count.
         */
        void skipRestOf(TarArchiveInputStream tar) throws IOException {
            skips = true;
            try {
                while (tar.getCurrentEntry() != null && tar.skip(Long.MAX_VALUE) > 0) {
                    // Until nothing is left.
                }
            } finally {
                skips = false;
            }
        }

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            requireMore();
            int found = super.read();
            left -= found < 0 ? 0 : 1;
            return found;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            if (skips) {
                long skipped = super.skip(count);
                // At the end of a stream nothing can be skipped, or read.
                return skipped > 0 ? Math.toIntExact(skipped) : super.read(bytes, offset, count);
            }
            if (count > 0) {
                requireMore();
            }
            int found = super.read(bytes, offset, (int) Math.min(count, left));
            left -= Math.max(0, found);
            return found;
        }

        private void requireMore() throws IOException {
            if (left == 0) {
                throw new IOException(SourceReasons.headerTooLong(LONGEST_HEADER));
            }
        }
    }

    /** Detects the end marker. */
    private static final class EndedTar extends TarArchiveInputStream {
        private boolean ended;

        EndedTar(InputStream in) {
            super(in);
        }

        @Override
        protected boolean isEOFRecord(byte[] record) {
            ended |= record != null && super.isEOFRecord(record);
            return super.isEOFRecord(record);
        }
    }
}
