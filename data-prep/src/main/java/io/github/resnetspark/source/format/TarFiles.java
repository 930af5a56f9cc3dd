package io.github.resnetspark.source.format;

import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.text.ShownText;
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

/** A tar archive of a stranger's, one entry after the other: what takes more memory or space than it has bytes is refused. */
final class TarFiles implements Closeable {
    /** Names of any length and attributes stand in front of a file; no archiver needs more for them. */
    private static final int LONGEST_HEADER = 1 << 20;
    /** Nearly as many as all of ILSVRC2012 has pictures, in one of its thousand archives. */
    private static final int MOST_ENTRIES = 1 << 20;

    private static final Pattern COMPANION = Pattern.compile(
            "(?:.*/)?(?:\\._[^/]*|\\.DS_Store|__MACOSX(?:/.*)?|PaxHeaders?(?:\\.\\d+)?/.*)", Pattern.DOTALL);

    private final Path archive;
    private final Limited in;
    private final EndedTar tar;
    private int entries;

    /** @param in the archive's bytes, uncompressed; closed with this */
    TarFiles(Path archive, InputStream in) {
        this.archive = archive;
        this.in = new Limited(in);
        this.tar = new EndedTar(this.in);
    }

    /**
     * The next entry; its bytes are then where {@code in} stands.
     *
     * @return nothing at the end of the archive, or where it is cut off between two entries
     * @throws IOException if the bytes are not those of a tar archive
     * @throws SourceException if a name points out of the archive, or a file is a sparse one
     */
    Optional<TarArchiveEntry> next() throws IOException {
        in.left = LONGEST_HEADER;
        TarArchiveEntry entry = tar.getNextTarEntry();
        in.left = Long.MAX_VALUE;
        if (entry == null) {
            return Optional.empty();
        }
        if (++entries > MOST_ENTRIES) {
            throw new IOException("it has more than " + MOST_ENTRIES + " entries");
        }
        refuseEscapes(entry.getName());
        refuseSparse(entry);
        return Optional.of(entry);
    }

    /** Whether an entry is a file that someone put there: no folder, link or device, and no companion. */
    static boolean isFile(TarArchiveEntry entry) {
        return entry.isFile()
                && !entry.isSymbolicLink()
                && !entry.isLink()
                && !entry.isCharacterDevice()
                && !entry.isBlockDevice()
                && !entry.isFIFO()
                && !isCompanion(entry.getName());
    }

    /** Copies the file that {@link #next} gave; never more bytes than it has, and not fewer. */
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
        if (copied != entry.getSize()) {
            throw new IOException(
                    "«" + ShownText.start(entry.getName()) + "» has " + (copied > entry.getSize() ? "more than " : "")
                            + Math.min(copied, entry.getSize()) + " of " + entry.getSize() + " bytes");
        }
    }

    /** Whether the mark of the archive's end was read: the library takes a cut between two files for the end, too. */
    boolean hasEnded() {
        return tar.ended;
    }

    /**
     * Whether a file is none that anyone put there: {@code ._n01440764.tar}, in which macOS keeps the attributes of the file
     * beside it, its {@code .DS_Store} and {@code __MACOSX}, or a header that an old archiver unpacked as a file.
     */
    static boolean isCompanion(String name) {
        return COMPANION.matcher(name).matches();
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    /** Refuses a name that would land outside of the folder that an archive is unpacked to. */
    private void refuseEscapes(String name) {
        if (name.startsWith("/") || Arrays.asList(name.split("/")).contains("..")) {
            throw new SourceException(archive + " has the entry «" + ShownText.start(name)
                    + "», which points out of the archive. " + "Fetch it from a source that you trust.");
        }
    }

    /** A few bytes of a sparse file may stand for terabytes of zeros; pictures have no holes. */
    private void refuseSparse(TarArchiveEntry entry) {
        if (entry.isSparse()) {
            throw new SourceException(archive + " has «" + ShownText.start(entry.getName()) + "» as a sparse file of "
                    + entry.getRealSize() + " bytes, which is not read. Pack it again without --sparse.");
        }
    }

    /** Bytes that the library reads; what it skips is not counted. */
    private static final class Limited extends FilterInputStream {
        private long left = LONGEST_HEADER;

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
            if (count > 0) {
                requireMore();
            }
            int found = super.read(bytes, offset, (int) Math.min(count, left));
            left -= Math.max(0, found);
            return found;
        }

        private void requireMore() throws IOException {
            if (left == 0) {
                throw new IOException("what stands in front of a file is longer than " + LONGEST_HEADER + " bytes");
            }
        }
    }

    /** Notices the mark of the end. */
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
