package io.github.resnetspark.source.format;

import io.github.resnetspark.message.data.ArchiveFailures;
import io.github.resnetspark.message.data.SourceReasons;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Lists the files and their positions in an uncompressed tar archive, or in an archive inside another one. Reads only
 * the headers and seeks past the contents.
 */
final class TarIndex {
    private static final int RECORD = 512;

    private final Storage storage;
    private final Path archive;

    TarIndex(Storage storage, Path archive) {
        this.storage = storage;
        this.archive = archive;
    }

    /** The files of the whole archive, in archive order. */
    List<TarMember> members() throws IOException {
        return members(
                new TarMember(archive.getName(), 0, storage.status(archive).getLen()));
    }

    /**
     * The files of an archive inside this one.
     *
     * @throws SourceException if it is truncated, is not a tar archive, or has a member that points outside it or
     *     is sparse
     */
    List<TarMember> members(TarMember inner) throws IOException {
        List<TarMember> members = new ArrayList<>();
        try (FileWindow window = new FileWindow(storage.open(archive), inner.offset(), inner.bytes());
                TarFiles files = new TarFiles(archive, window)) {
            for (Optional<TarArchiveEntry> file = files.next(); file.isPresent(); file = files.next()) {
                if (!TarFiles.isFile(file.get())) {
                    continue;
                }
                String name = file.get().getName();
                long bytes = file.get().getSize();
                long offset = window.position();
                if (bytes > inner.offset() + inner.bytes() - offset) {
                    throw new IOException(SourceReasons.entryBeyondEnd(name));
                }
                members.add(new TarMember(name.startsWith("./") ? name.substring(2) : name, offset, bytes));
            }
            if (members.isEmpty()) {
                throw new IOException(SourceReasons.noFiles());
            }
            TarMember last = members.get(members.size() - 1);
            // The end is a record of zeros. Without this check an archive truncated between two members would pass.
            if (roundedUp(last.offset() + last.bytes() - inner.offset()) + RECORD > inner.bytes()) {
                throw new IOException(SourceReasons.noEndMarker());
            }
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            throw new SourceException(
                    inner.name().equals(archive.getName())
                            ? ArchiveFailures.unreadableTar(archive.toString(), reason)
                            : ArchiveFailures.unreadableTar(archive.toString(), inner.name(), reason),
                    e);
        }
        return members;
    }

    private static long roundedUp(long bytes) {
        return (bytes + RECORD - 1) / RECORD * RECORD;
    }

    /**
     * A file in a tar archive that is not unpacked.
     *
     * @param name its name in the archive, without a leading {@code ./}
     * @param offset the position of its bytes in the archive file
     * @param bytes its length
     */
    record TarMember(String name, long offset, long bytes) implements Serializable {}

    /** A range of a file as a separate stream. Skipping seeks. */
    private static final class FileWindow extends InputStream {
        private final FSDataInputStream file;
        private final long end;
        private long position;

        FileWindow(FSDataInputStream file, long offset, long bytes) throws IOException {
            this.file = file;
            this.position = offset;
            this.end = offset + bytes;
            file.seek(offset);
        }

        /** The position in the file, not in the window. */
        long position() {
            return position;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (position >= end) {
                return -1;
            }
            int found = file.read(bytes, offset, (int) Math.min(count, end - position));
            position += Math.max(0, found);
            return found;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = Math.max(0, Math.min(count, end - position));
            if (skipped > 0) {
                position += skipped;
                file.seek(position);
            }
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, end - position);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
