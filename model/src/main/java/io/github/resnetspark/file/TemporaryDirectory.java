package io.github.resnetspark.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A local directory that is deleted when closed.
 *
 * @param path of the directory
 */
public record TemporaryDirectory(Path path) implements Closeable {

    /** Creates an empty one in the JVM's directory for temporary files. */
    public static TemporaryDirectory create() throws IOException {
        return new TemporaryDirectory(Files.createTempDirectory("resnet-spark-"));
    }

    /** The path of a file in it. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        deleteTree(path);
    }

    /** Deletes a file, or a directory with all of its contents. */
    static void deleteTree(Path root) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(root)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
