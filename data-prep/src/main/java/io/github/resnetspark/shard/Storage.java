package io.github.resnetspark.shard;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

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

    /**
     * The status of a file or directory.
     *
     * @throws FileNotFoundException if it is not there, and for no other reason
     */
    public FileStatus status(Path path) throws IOException {
        FileSystem files = fileSystem(path);
        try {
            return files.getFileStatus(path);
        } catch (FileNotFoundException e) {
            requireMissing(files, path);
            throw e;
        }
    }

    /**
     * Whether a file or directory is there.
     *
     * @throws IOException if that cannot be told
     */
    public boolean exists(Path path) throws IOException {
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
    public record Listing(List<FileStatus> found, List<String> deadLinks) {}

    /**
     * What lies directly in a directory, sorted by name; nothing if there is no such directory. Links that lead nowhere are not
     * in it.
     *
     * @throws FileNameException if a local directory has names that this process cannot read
     */
    public List<FileStatus> list(Path directory) throws IOException {
        return listing(directory).found();
    }

    /** The same, with the links that lead nowhere. */
    public Listing listing(Path directory) throws IOException {
        FileSystem files = fileSystem(directory);
        List<FileStatus> found = listed(files, directory);
        return new Listing(
                found,
                files instanceof RawLocalFileSystem local
                        ? LocalNames.deadLinks(
                                local.pathToFile(directory),
                                found.stream()
                                        .map(status -> status.getPath().getName())
                                        .toList())
                        : List.of());
    }

    /** Where a path is on this machine, with all links followed; nothing on other file systems. */
    public Optional<java.nio.file.Path> realPath(Path path) throws IOException {
        return fileSystem(path) instanceof RawLocalFileSystem local
                ? Optional.of(local.pathToFile(path).toPath().toRealPath())
                : Optional.empty();
    }

    private static List<FileStatus> listed(FileSystem files, Path directory) throws IOException {
        try {
            FileStatus[] found = files.listStatus(directory);
            Arrays.sort(found, Comparator.comparing(status -> status.getPath().getName()));
            return List.of(found);
        } catch (FileNotFoundException e) {
            requireMissing(files, directory);
            return List.of();
        }
    }

    /**
     * Opens a file.
     *
     * @throws FileNotFoundException if it is not there, and for no other reason
     */
    public FSDataInputStream open(Path file) throws IOException {
        FileSystem files = fileSystem(file);
        try {
            FSDataInputStream in = files.open(file);
            return files instanceof RawLocalFileSystem ? LocalStreams.of(in, file) : in;
        } catch (FileNotFoundException e) {
            requireMissing(files, file);
            throw e;
        }
    }

    /**
     * Java and Hadoop say of a local file that it does not exist, too, where the system does not let them look at it, has no
     * more descriptors for open files, or does not reach the disk.
     */
    private static void requireMissing(FileSystem files, Path path) throws IOException {
        if (files instanceof RawLocalFileSystem local) {
            java.nio.file.Path file = local.pathToFile(path).toPath();
            try {
                if (Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                    Files.newByteChannel(file).close();
                }
            } catch (NoSuchFileException e) {
                // As was said.
            } catch (FileSystemException e) {
                // Nothing can be below a file; Java has no exception of its own for that.
                if (!isBelowAFile(file)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isBelowAFile(java.nio.file.Path path) {
        for (java.nio.file.Path above = path.getParent(); above != null; above = above.getParent()) {
            if (Files.isRegularFile(above)) {
                return true;
            }
        }
        return false;
    }

    /** All bytes of a file. */
    public byte[] read(Path file) throws IOException {
        try (FSDataInputStream in = open(file)) {
            return in.readAllBytes();
        }
    }

    /** Creates or overwrites a file, with the directories above it. */
    public FSDataOutputStream create(Path file) throws IOException {
        FileSystem files = fileSystem(file);
        FSDataOutputStream out = files.create(file, true);
        return files instanceof RawLocalFileSystem ? LocalStreams.of(out, file) : out;
    }

    /**
     * Creates a file, with the directories above it, in one step: it is there with its content or not at all, and of several
     * that try at once one succeeds.
     *
     * @throws FileAlreadyExistsException if it is there
     */
    public void createNew(Path file, byte[] content) throws IOException {
        Path aside = aside(file);
        try {
            try (OutputStream out = create(aside)) {
                out.write(content);
            }
            if (fileSystem(file) instanceof RawLocalFileSystem local) {
                link(local.pathToFile(aside).toPath(), local.pathToFile(file).toPath());
            } else {
                Path qualified = qualified(aside);
                FileContext.getFileContext(qualified.toUri(), configuration).rename(qualified, qualified(file));
            }
        } finally {
            delete(aside);
        }
    }

    /** Writes a file, with the directories above it, in one step: readers see the old content or the new one. */
    public void replace(Path file, byte[] content) throws IOException {
        Path aside = aside(file);
        try {
            try (FSDataOutputStream out = create(aside)) {
                out.write(content);
                out.hsync();
            }
            rename(aside, file);
        } finally {
            delete(aside);
        }
    }

    private static Path aside(Path file) {
        return new Path(file.getParent(), "." + file.getName() + ".writing-" + UUID.randomUUID());
    }

    /** Hadoop's local file system only looks whether the file is there before it renames; a link is refused by the system. */
    private static void link(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            throw refusal(to, e);
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without links; there may be a moment in which the file is empty.
            try {
                Files.write(to, Files.readAllBytes(from), StandardOpenOption.CREATE_NEW);
            } catch (java.nio.file.FileAlreadyExistsException there) {
                throw refusal(to, there);
            }
        }
    }

    private static IOException refusal(java.nio.file.Path file, Exception cause) {
        FileAlreadyExistsException refusal = new FileAlreadyExistsException(file + " is there already");
        refusal.initCause(cause);
        return refusal;
    }

    /**
     * Sets when a file was last modified.
     *
     * @param time in milliseconds since 1970
     */
    public void touch(Path file, long time) throws IOException {
        fileSystem(file).setTimes(file, time, -1);
    }

    public void makeDirectories(Path directory) throws IOException {
        fileSystem(directory).mkdirs(directory);
    }

    /**
     * Removes a file, or a directory with all that is in it; nothing happens if it is not there.
     *
     * @throws IOException if it is there and cannot be removed
     */
    public void delete(Path path) throws IOException {
        FileSystem files = fileSystem(path);
        // The local one does not throw.
        if (!files.delete(path, true) && files.exists(path)) {
            throw new IOException(path + " cannot be deleted");
        }
    }

    /** Removes a directory if nothing is in it; nothing happens if something is, or if it is not there. */
    public void deleteEmpty(Path directory) throws IOException {
        FileSystem files = fileSystem(directory);
        try {
            if (files instanceof RawLocalFileSystem local) {
                // Hadoop's looks first, and then deletes whatever is there.
                Files.deleteIfExists(local.pathToFile(directory).toPath());
            } else {
                files.delete(directory, false);
            }
        } catch (DirectoryNotEmptyException | PathIsNotEmptyDirectoryException e) {
            // It is in use.
        }
    }

    /** Gives a finished file its name in one step; a file that has that name is replaced. */
    public void rename(Path from, Path to) throws IOException {
        if (fileSystem(from) instanceof RawLocalFileSystem local) {
            // Hadoop's deletes the old file first, so that there is a moment without any.
            Files.move(local.pathToFile(from).toPath(), local.pathToFile(to).toPath(), StandardCopyOption.ATOMIC_MOVE);
        } else {
            Path qualified = qualified(from);
            FileContext.getFileContext(qualified.toUri(), configuration).rename(from, to, Options.Rename.OVERWRITE);
        }
    }

    /**
     * Gives a finished directory, in which there is something, its name in one step, where nothing has that name.
     *
     * @throws IOException if something else has it; of several that try at once one succeeds
     */
    public void renameNew(Path from, Path to) throws IOException {
        if (fileSystem(from) instanceof RawLocalFileSystem local) {
            // Hadoop's looks first, and where the name was taken meanwhile it copies into that directory.
            Files.move(local.pathToFile(from).toPath(), local.pathToFile(to).toPath(), StandardCopyOption.ATOMIC_MOVE);
        } else {
            Path qualified = qualified(to);
            FileContext.getFileContext(qualified.toUri(), configuration).rename(qualified(from), qualified);
        }
    }

    /** The path with its scheme and authority, as messages show it. */
    public Path qualified(Path path) throws IOException {
        return fileSystem(path).makeQualified(path);
    }

    /**
     * The file system of a path, with Hadoop's {@code .crc} companions where it is the local one.
     *
     * @throws NoFileSystemException if none is known for its scheme
     */
    public static FileSystem reach(Path path, Configuration configuration) throws IOException {
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

    private FileSystem fileSystem(Path path) throws IOException {
        FileSystem found = reach(path, configuration);
        if (found instanceof LocalFileSystem local) {
            LocalNames.requireExpressible(path);
            return local.getRawFileSystem();
        }
        return found;
    }
}
