package io.github.resnetspark.shard;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * Files on any Hadoop file system.
 *
 * <p>Local files are used without Hadoop's hidden {@code .crc} companions: shards carry checksums of their own, and a
 * user may move and copy them with ordinary tools.
 */
public final class Storage {
    private final Configuration configuration;

    public Storage(Configuration configuration) {
        this.configuration = configuration;
    }

    /** How Hadoop reaches the files. */
    public Configuration configuration() {
        return configuration;
    }

    /** The status of a file or directory. */
    public FileStatus status(Path path) throws IOException {
        return fileSystem(path).getFileStatus(path);
    }

    public boolean exists(Path path) throws IOException {
        return fileSystem(path).exists(path);
    }

    /** What lies directly in a directory, sorted by name; nothing if there is no such directory. */
    public List<FileStatus> list(Path directory) throws IOException {
        try {
            FileStatus[] found = fileSystem(directory).listStatus(directory);
            Arrays.sort(found, Comparator.comparing(status -> status.getPath().getName()));
            return List.of(found);
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    public FSDataInputStream open(Path file) throws IOException {
        return fileSystem(file).open(file);
    }

    /** All bytes of a file. */
    public byte[] read(Path file) throws IOException {
        try (FSDataInputStream in = open(file)) {
            return in.readAllBytes();
        }
    }

    /** Creates or overwrites a file, with the directories above it. */
    public FSDataOutputStream create(Path file) throws IOException {
        return fileSystem(file).create(file, true);
    }

    /**
     * Creates a file, with the directories above it.
     *
     * @throws org.apache.hadoop.fs.FileAlreadyExistsException if it is there
     */
    public FSDataOutputStream createNew(Path file) throws IOException {
        return fileSystem(file).create(file, false);
    }

    public void makeDirectories(Path directory) throws IOException {
        fileSystem(directory).mkdirs(directory);
    }

    /** Removes a file, or a directory with all that is in it; nothing happens if it is not there. */
    public void delete(Path path) throws IOException {
        fileSystem(path).delete(path, true);
    }

    /** Gives a finished file its name in one step; a file that has that name is replaced. */
    public void rename(Path from, Path to) throws IOException {
        Path qualified = fileSystem(from).makeQualified(from);
        FileContext.getFileContext(qualified.toUri(), configuration).rename(from, to, Options.Rename.OVERWRITE);
    }

    /** The path with its scheme and authority, as messages show it. */
    public Path qualified(Path path) throws IOException {
        return fileSystem(path).makeQualified(path);
    }

    private FileSystem fileSystem(Path path) throws IOException {
        FileSystem found = path.getFileSystem(configuration);
        return found instanceof LocalFileSystem local ? local.getRawFileSystem() : found;
    }
}
