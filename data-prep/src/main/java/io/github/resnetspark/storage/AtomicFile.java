package io.github.resnetspark.storage;

import io.github.resnetspark.file.AsideName;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * A small file that readers see completely or not at all. It is written under a hidden name next to its final location,
 * an {@link AsideName}, and then renamed. If that fails, it is deleted. Only a killed process leaves the hidden file
 * behind.
 *
 * @param storage the storage of the file
 * @param path its final location; missing parent directories are created
 */
public record AtomicFile(Storage storage, Path path) {
    /**
     * Creates the file. If several processes try at the same time, exactly one succeeds.
     *
     * @throws FileAlreadyExistsException if it already exists
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

    /** Creates or overwrites the file. Readers see the old or the new content, even after a power failure. */
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
