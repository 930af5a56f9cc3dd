package io.github.resnetspark.storage;

import io.github.resnetspark.file.AsideName;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * A small file that readers see whole or not at all: it is written under a hidden name beside its place, an {@link AsideName}, then
 * renamed. Where that fails nothing is left of it; only a process that is killed leaves the hidden file behind.
 *
 * @param storage that it is on
 * @param path its place; the directories above it are made
 */
public record AtomicFile(Storage storage, Path path) {
    /**
     * Writes it where it is not there. Of several that try at once one succeeds.
     *
     * @throws FileAlreadyExistsException if it is there
     */
    public void create(byte[] content) throws IOException {
        Path aside = aside();
        try {
            try (OutputStream out = storage.create(aside)) {
                out.write(content);
            }
            storage.renameNewFile(aside, path);
        } finally {
            storage.delete(aside);
        }
    }

    /** Writes it in place of what is there: readers see the old content or the new one, after a power failure too. */
    public void replace(byte[] content) throws IOException {
        Path aside = aside();
        try {
            try (FSDataOutputStream out = storage.create(aside)) {
                out.write(content);
                out.hsync();
            }
            storage.rename(aside, path);
        } finally {
            storage.delete(aside);
        }
    }

    private Path aside() {
        return new Path(path.getParent(), AsideName.of(path.getName()));
    }
}
