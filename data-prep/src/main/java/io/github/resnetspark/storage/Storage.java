package io.github.resnetspark.storage;

import io.github.resnetspark.failure.Failure;
import io.github.resnetspark.file.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * What this project needs of a file system. What each operation says is promised on {@code file:} and {@code hdfs:}; others are
 * reached through Hadoop, and hold what they hold.
 *
 * <p>Local files are used without Hadoop's hidden {@code .crc} companions: shards and models carry checksums of their own, and a
 * user may move and copy them with ordinary tools. No operation on them fails with an error where an {@link IOException} is due.
 *
 * <p>Every operation may throw a {@link NoFileSystemException} for a path whose scheme is unknown, and a {@link StorageException}
 * for a local one whose name this process cannot write.
 */
public interface Storage {
    /** The files that Hadoop reaches. */
    static Storage of(Configuration configuration) {
        return new HadoopStorage(configuration);
    }

    /**
     * Hadoop's own file system of a path, for what is not asked of a storage; the local one with {@code .crc} companions.
     *
     * @throws NoFileSystemException if none is known for its scheme
     */
    static FileSystem reach(Path path, Configuration configuration) throws IOException {
        try {
            return path.getFileSystem(configuration);
        } catch (UnsupportedFileSystemException e) {
            throw new NoFileSystemException(path, configuration, e);
        } catch (RuntimeException e) {
            // A scheme that is configured, but whose class is in no jar.
            if (e.getCause() instanceof ClassNotFoundException) {
                throw new NoFileSystemException(path, configuration, e);
            }
            throw e;
        }
    }

    /** How Hadoop reaches the files. */
    Configuration configuration();

    /** The path with its scheme and authority, as messages show it. */
    Path qualified(Path path) throws IOException;

    /** Where a path is on this machine, with all links followed; nothing on other file systems. */
    Optional<java.nio.file.Path> realPath(Path path) throws IOException;

    /**
     * The status of a file or directory.
     *
     * @throws FileNotFoundException if it is not there, and for no other reason
     */
    FileStatus status(Path path) throws IOException;

    /**
     * Whether a file or directory is there.
     *
     * @throws IOException if that cannot be told
     */
    default boolean exists(Path path) throws IOException {
        try {
            status(path);
            return true;
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    /**
     * What lies directly in a directory.
     *
     * @param found sorted by name, without links that lead nowhere
     * @param deadLinks the names of those, sorted; none on other file systems than the local one
     */
    record Listing(List<FileStatus> found, List<String> deadLinks) {}

    /**
     * What lies directly in a directory, and the links in it that lead nowhere; nothing if there is no such directory.
     *
     * @throws StorageException if a local directory may not be entered, or has names that this process cannot read
     */
    Listing listing(Path directory) throws IOException;

    /** What {@link #listing} finds, sorted by name. */
    default List<FileStatus> list(Path directory) throws IOException {
        return listing(directory).found();
    }

    /**
     * Opens a file.
     *
     * @throws FileNotFoundException if it is not there, and for no other reason
     */
    FSDataInputStream open(Path file) throws IOException;

    /** All bytes of a file. */
    default byte[] read(Path file) throws IOException {
        try (FSDataInputStream in = open(file)) {
            return in.readAllBytes();
        }
    }

    /** The SHA-256 of a whole file in lower-case hexadecimal; the file is read in small pieces. */
    default String sha256(Path file) throws IOException {
        try (InputStream in = open(file)) {
            return Sha256.of(in);
        }
    }

    /**
     * Creates or overwrites a file, with the directories above it. Readers may see it while it is being written; where they must
     * not, see {@link AtomicFile}.
     */
    FSDataOutputStream create(Path file) throws IOException;

    /** Makes a directory with those above it; nothing happens if it is there. */
    void makeDirectories(Path directory) throws IOException;

    /**
     * Sets when a file was last modified.
     *
     * @param time in milliseconds since 1970
     */
    void touch(Path file, long time) throws IOException;

    /**
     * Gives a finished file or directory its name in one step; a file, or an empty directory, that has that name is replaced. There
     * is no moment without any.
     */
    void rename(Path from, Path to) throws IOException;

    /**
     * Gives a finished file its name in one step, where nothing has that name; of several that try at once one succeeds. Whether
     * the old name is gone is not promised: on a local disk it stays.
     *
     * @throws FileAlreadyExistsException if something has the name
     */
    void renameNewFile(Path from, Path to) throws IOException;

    /**
     * Gives a finished directory, in which there is something, its name in one step, where nothing has that name; of several that
     * try at once one succeeds. An empty directory of that name may count as nothing.
     *
     * @throws IOException if something has the name
     */
    void renameNewDirectory(Path from, Path to) throws IOException;

    /**
     * Removes a file, or a directory with all that is in it; nothing happens if it is not there.
     *
     * @throws IOException if it is there and cannot be removed
     */
    void delete(Path path) throws IOException;

    /** Removes a directory if nothing is in it; nothing happens if something is, or if it is not there. */
    void deleteEmpty(Path directory) throws IOException;

    /** A place of whose kind this installation knows no file system. The message is a sentence on it and one on what to do. */
    final class NoFileSystemException extends IOException implements Failure {
        private static final long serialVersionUID = 1L;

        NoFileSystemException(Path path, Configuration configuration, Exception cause) {
            super(message(path, scheme(path, configuration)), cause);
        }

        private static String scheme(Path path, Configuration configuration) {
            String scheme = path.toUri().getScheme();
            return scheme != null
                    ? scheme
                    : FileSystem.getDefaultUri(configuration).getScheme();
        }

        private static String message(Path path, String scheme) {
            return path + " cannot be reached: this installation has no file system for " + scheme
                    + ". Name a place on file: or hdfs:, or add the file system's jar and fs." + scheme
                    + ".impl to Spark.";
        }

        @Override
        public Kind kind() {
            return Kind.ENVIRONMENT;
        }
    }
}
