package io.github.resnetspark.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes one local file or directory atomically: under a hidden name in the same directory, then renamed. Closing it without
 * {@link #commit} deletes what was written.
 */
public final class AtomicWrite implements Closeable {
    private final Path target;
    private final Path aside;

    private AtomicWrite(Path target) {
        this.target = target;
        this.aside = target.resolveSibling(AsideName.of(target.getFileName().toString()));
    }

    /**
     * Prepares a write. Creates nothing yet.
     *
     * @param target the final path, in an existing directory
     */
    public static AtomicWrite to(Path target) {
        return new AtomicWrite(target.toAbsolutePath());
    }

    /** The path at which to create the file or directory. */
    public Path aside() {
        return aside;
    }

    /**
     * Renames the file or directory to its final path in one step. A file replaces a file, a directory an empty directory.
     *
     * @throws IOException if anything else has this path
     */
    public void commit() throws IOException {
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(aside)) {
            TemporaryDirectory.deleteTree(aside);
        }
    }
}
