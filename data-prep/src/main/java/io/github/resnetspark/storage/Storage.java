package io.github.resnetspark.storage;

import io.github.resnetspark.failure.Failure;
import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.message.data.StorageFailures;
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
 * The file system operations that this project needs. The documented behavior is guaranteed on {@code file:} and
 * {@code hdfs:}. Other file systems work through Hadoop, with whatever guarantees they have.
 *
 * <p>Local files are used without Hadoop's hidden {@code .crc} files: shards and models have their own checksums, and
 * users may move and copy them with ordinary tools. Operations on local files fail with an {@link IOException}, never
 * with an {@link Error}.
 *
 * <p>Every operation may throw a {@link NoFileSystemException} for a path with an unknown scheme, and a
 * {@link StorageException} for a local path that this process cannot encode.
 */
public interface Storage {
    /** The storage for all file systems of a Hadoop configuration. */
    static Storage of(Configuration configuration) {
        return new HadoopStorage(configuration);
    }

    /**
     * Hadoop's own file system of a path, for operations that a storage does not offer. The local one creates
     * {@code .crc} files.
     *
     * @throws NoFileSystemException if there is none for the scheme
     */
    static FileSystem reach(Path path, Configuration configuration) throws IOException {
        try {
            return path.getFileSystem(configuration);
        } catch (UnsupportedFileSystemException e) {
            throw new NoFileSystemException(path, configuration, e);
        } catch (RuntimeException e) {
            // The scheme is configured, but its class is missing.
            if (e.getCause() instanceof ClassNotFoundException) {
                throw new NoFileSystemException(path, configuration, e);
            }
            throw e;
        }
    }

    /** The Hadoop configuration. */
    Configuration configuration();

    /** The path with its scheme and authority, for messages. */
    Path qualified(Path path) throws IOException;

    /**
     * Whether the file system of a path creates and renames files and directories atomically, as {@link #rename} and
     * the methods below it promise. Object stores do not: they copy and delete. But there a file appears only when all
     * of it is written, so that whoever writes files directly, and the one that lists them last, needs no rename.
     */
    boolean renamesAtomically(Path path);

    /** The local path with all links resolved; empty on other file systems. */
    Optional<java.nio.file.Path> realPath(Path path) throws IOException;

    /**
     * The status of a file or directory.
     *
     * @throws FileNotFoundException if it does not exist, and for no other reason
     */
    FileStatus status(Path path) throws IOException;

    /**
     * Whether a file or directory exists.
     *
     * @throws IOException if that cannot be determined
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
     * The direct contents of a directory.
     *
     * @param found sorted by name, without broken links
     * @param deadLinks the names of broken links, sorted; empty on file systems other than the local one
     */
    record Listing(List<FileStatus> found, List<String> deadLinks) {}

    /**
     * The direct contents of a directory and its broken links. Both are empty if the directory does not exist.
     *
     * @throws StorageException if a local directory cannot be entered, or has names that this process cannot decode
     */
    Listing listing(Path directory) throws IOException;

    /** The files and directories of {@link #listing}, sorted by name. */
    default List<FileStatus> list(Path directory) throws IOException {
        return listing(directory).found();
    }

    /**
     * Opens a file.
     *
     * @throws FileNotFoundException if it does not exist, and for no other reason
     */
    FSDataInputStream open(Path file) throws IOException;

    /** All bytes of a file. */
    default byte[] read(Path file) throws IOException {
        try (FSDataInputStream in = open(file)) {
            return in.readAllBytes();
        }
    }

    /** The SHA-256 of a file in lower-case hexadecimal. The file is not loaded into memory as a whole. */
    default String sha256(Path file) throws IOException {
        try (InputStream in = open(file)) {
            return Sha256.of(in);
        }
    }

    /**
     * Creates or overwrites a file and creates missing parent directories. Readers may see it while it is being
     * written. {@link AtomicFile} avoids that.
     */
    FSDataOutputStream create(Path file) throws IOException;

    /** Creates a directory and missing parent directories. Does nothing if it exists. */
    void makeDirectories(Path directory) throws IOException;

    /**
     * Sets the modification time of a file.
     *
     * @param time in milliseconds since 1970
     */
    void touch(Path file, long time) throws IOException;

    /**
     * Renames a finished file or directory atomically. An existing file or empty directory of the new name is replaced,
     * and the name exists at every moment.
     */
    void rename(Path from, Path to) throws IOException;

    /**
     * Renames a finished file atomically if the new name is free. If several processes try at the same time, exactly
     * one succeeds. The old name may remain, as it does on a local disk.
     *
     * @throws FileAlreadyExistsException if something has the name
     */
    void renameNewFile(Path from, Path to) throws IOException;

    /**
     * Renames a finished, non-empty directory atomically if the new name is free. If several processes try at the same
     * time, exactly one succeeds. An empty directory of the new name may be replaced.
     *
     * @throws IOException if something has the name
     */
    void renameNewDirectory(Path from, Path to) throws IOException;

    /**
     * Deletes a file, or a directory with its contents. Does nothing if it does not exist.
     *
     * @throws IOException if it exists and cannot be deleted
     */
    void delete(Path path) throws IOException;

    /** Deletes a directory if it is empty. Does nothing if it is not empty or does not exist. */
    void deleteEmpty(Path directory) throws IOException;

    /**
     * A location for whose scheme this installation has no file system. The message says what is wrong and what to do.
     */
    final class NoFileSystemException extends IOException implements Failure {
        private static final long serialVersionUID = 1L;

        NoFileSystemException(Path path, Configuration configuration, Exception cause) {
            super(StorageFailures.noFileSystem(path.toString(), scheme(path, configuration)), cause);
        }

        private static String scheme(Path path, Configuration configuration) {
            String scheme = path.toUri().getScheme();
            return scheme != null
                    ? scheme
                    : FileSystem.getDefaultUri(configuration).getScheme();
        }

        @Override
        public Kind kind() {
            return Kind.ENVIRONMENT;
        }
    }
}
