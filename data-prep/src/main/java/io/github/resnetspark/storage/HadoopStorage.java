package io.github.resnetspark.storage;

import io.github.resnetspark.message.data.StorageReasons;
import java.io.FileNotFoundException;
import java.io.IOException;
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

/**
 * Files on any Hadoop file system. If Hadoop's local file system does less than {@link Storage} promises, the operating
 * system is called directly.
 */
final class HadoopStorage implements Storage {
    private final Configuration configuration;

    HadoopStorage(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public Configuration configuration() {
        return configuration;
    }

    @Override
    public boolean renamesAtomically(Path path) {
        String scheme = path.toUri().getScheme();
        return !SafePlace.isObjectStore(
                scheme == null ? FileSystem.getDefaultUri(configuration).getScheme() : scheme);
    }

    @Override
    public FileStatus status(Path path) throws IOException {
        FileSystem files = fileSystem(path);
        try {
            return files.getFileStatus(path);
        } catch (FileNotFoundException e) {
            requireMissing(files, path);
            throw e;
        }
    }

    @Override
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

    @Override
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

    @Override
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
     * Java and Hadoop also report a local file as missing if access is denied, if file descriptors have run out, or if
     * the disk is unreachable.
     */
    private static void requireMissing(FileSystem files, Path path) throws IOException {
        if (files instanceof RawLocalFileSystem local) {
            java.nio.file.Path file = local.pathToFile(path).toPath();
            try {
                if (Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                    Files.newByteChannel(file).close();
                }
            } catch (NoSuchFileException e) {
                // The file is really missing.
            } catch (FileSystemException e) {
                // A path below a regular file cannot exist. Java has no separate exception for that.
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

    @Override
    public FSDataOutputStream create(Path file) throws IOException {
        FileSystem files = fileSystem(file);
        FSDataOutputStream out = files.create(file, true);
        return files instanceof RawLocalFileSystem ? LocalStreams.of(out, file) : out;
    }

    @Override
    public void renameNewFile(Path from, Path to) throws IOException {
        if (fileSystem(to) instanceof RawLocalFileSystem local) {
            link(local.pathToFile(from).toPath(), local.pathToFile(to).toPath());
        } else {
            renameNew(from, to);
        }
    }

    /**
     * Hadoop's local file system checks for an existing file before it renames, which is not atomic. Creating a hard
     * link is.
     */
    private static void link(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            throw refusal(to, e);
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without hard links. Readers may see an empty file for a moment.
            try {
                Files.write(to, Files.readAllBytes(from), StandardOpenOption.CREATE_NEW);
            } catch (java.nio.file.FileAlreadyExistsException there) {
                throw refusal(to, there);
            }
        }
    }

    private static IOException refusal(java.nio.file.Path file, Exception cause) {
        FileAlreadyExistsException refusal =
                new FileAlreadyExistsException(StorageReasons.alreadyExists(file.toString()));
        refusal.initCause(cause);
        return refusal;
    }

    @Override
    public void touch(Path file, long time) throws IOException {
        fileSystem(file).setTimes(file, time, -1);
    }

    @Override
    public void makeDirectories(Path directory) throws IOException {
        fileSystem(directory).mkdirs(directory);
    }

    @Override
    public void delete(Path path) throws IOException {
        FileSystem files = fileSystem(path);
        // The local file system returns false instead of throwing.
        if (!files.delete(path, true) && files.exists(path)) {
            throw new IOException(StorageReasons.notDeleted(path.toString()));
        }
    }

    @Override
    public void deleteEmpty(Path directory) throws IOException {
        FileSystem files = fileSystem(directory);
        try {
            if (files instanceof RawLocalFileSystem local) {
                // Hadoop's checks first and then deletes everything, which is not atomic.
                Files.deleteIfExists(local.pathToFile(directory).toPath());
            } else {
                files.delete(directory, false);
            }
        } catch (DirectoryNotEmptyException | PathIsNotEmptyDirectoryException e) {
            // It is not empty.
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        if (fileSystem(from) instanceof RawLocalFileSystem local) {
            // Hadoop's deletes the old file first, so that the name does not exist for a moment.
            Files.move(local.pathToFile(from).toPath(), local.pathToFile(to).toPath(), StandardCopyOption.ATOMIC_MOVE);
        } else {
            Path qualified = qualified(from);
            FileContext.getFileContext(qualified.toUri(), configuration).rename(from, to, Options.Rename.OVERWRITE);
        }
    }

    @Override
    public void renameNewDirectory(Path from, Path to) throws IOException {
        if (fileSystem(from) instanceof RawLocalFileSystem local) {
            // Hadoop's checks first, and if the name is taken in the meantime, copies into that directory.
            Files.move(local.pathToFile(from).toPath(), local.pathToFile(to).toPath(), StandardCopyOption.ATOMIC_MOVE);
        } else {
            renameNew(from, to);
        }
    }

    private void renameNew(Path from, Path to) throws IOException {
        Path qualified = qualified(to);
        FileContext.getFileContext(qualified.toUri(), configuration).rename(qualified(from), qualified);
    }

    @Override
    public Path qualified(Path path) throws IOException {
        return fileSystem(path).makeQualified(path);
    }

    private FileSystem fileSystem(Path path) throws IOException {
        FileSystem found = Storage.reach(path, configuration);
        if (found instanceof LocalFileSystem local) {
            LocalNames.requireExpressible(path);
            return local.getRawFileSystem();
        }
        return found;
    }
}
