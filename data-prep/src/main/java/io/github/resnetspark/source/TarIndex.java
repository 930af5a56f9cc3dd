package io.github.resnetspark.source;

import io.github.resnetspark.shard.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Lists what stands where in an uncompressed tar archive, or in one that is itself a member of another. Only the headers are
 * read; the contents are skipped by seeking.
 */
final class TarIndex {
    private static final int RECORD = 512;
    private static final String AGAIN = " Fetch the archive again.";

    private final Storage storage;
    private final Path archive;

    TarIndex(Storage storage, Path archive) {
        this.storage = storage;
        this.archive = archive;
    }

    /** The files of the whole archive, in its order. */
    List<TarMember> members() throws IOException {
        return members(
                new TarMember(archive.getName(), 0, storage.status(archive).getLen()));
    }

    /**
     * The files of an archive within this one.
     *
     * @throws SourceException if it is cut off, is no tar archive, or has a member that points out of it
     */
    List<TarMember> members(TarMember inner) throws IOException {
        List<TarMember> members = new ArrayList<>();
        try (FileWindow window = new FileWindow(storage.open(archive), inner.offset(), inner.bytes());
                TarArchiveInputStream tar = new TarArchiveInputStream(window)) {
            for (TarArchiveEntry entry = tar.getNextTarEntry(); entry != null; entry = tar.getNextTarEntry()) {
                refuseEscapes(archive, entry.getName());
                if (entry.isFile() && !entry.isSymbolicLink() && !entry.isLink()) {
                    long offset = window.position();
                    if (entry.getSize() > inner.offset() + inner.bytes() - offset) {
                        throw new IOException("«" + entry.getName() + "» reaches beyond its end");
                    }
                    String name = entry.getName();
                    members.add(
                            new TarMember(name.startsWith("./") ? name.substring(2) : name, offset, entry.getSize()));
                }
            }
            if (members.isEmpty()) {
                throw new IOException("it holds no files");
            }
            TarMember last = members.get(members.size() - 1);
            // An archive that was cut between two members would pass otherwise: the end is a record of zeros.
            if (roundedUp(last.offset() + last.bytes() - inner.offset()) + RECORD > inner.bytes()) {
                throw new IOException("its end is missing");
            }
        } catch (IOException e) {
            throw new SourceException(
                    archive + (inner.name().equals(archive.getName()) ? "" : ": «" + inner.name() + "»")
                            + " cannot be read as a tar archive (" + e.getMessage() + ")." + AGAIN,
                    e);
        }
        return members;
    }

    private static long roundedUp(long bytes) {
        return (bytes + RECORD - 1) / RECORD * RECORD;
    }

    /** Refuses a name that would land outside of the folder that an archive is unpacked to. */
    static void refuseEscapes(Path archive, String name) {
        if (name.startsWith("/") || Arrays.asList(name.split("/")).contains("..")) {
            throw new SourceException(archive + " has the entry «" + name + "», which points out of the archive. "
                    + "Fetch it from a source that you trust.");
        }
    }
}
