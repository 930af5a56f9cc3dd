package io.github.resnetspark.job.registry;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.message.job.RegistryFailures;
import io.github.resnetspark.message.model.BundleFailures;
import io.github.resnetspark.storage.AtomicDirectory;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.Storage.NoFileSystemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The directory of one model, named by a URI: {@code file:}, {@code hdfs:} or that of an object store. */
public final class ModelDirectory {
    private static final int BUFFER = 1 << 20;

    private final Path path;
    private final Configuration configuration;

    public ModelDirectory(URI uri, Configuration configuration) {
        this.path = new Path(uri);
        this.configuration = configuration;
    }

    /** Why no model can be written here, with the remedy; nothing if the directory is free. */
    public Optional<String> obstacle() throws IOException {
        FileSystem files = fileSystem();
        if (files.exists(new Path(path, Bundle.CHECK_SUMS))) {
            return Optional.of(BundleFailures.modelExists(path.toString()));
        }
        if (files.exists(path) && !(files.getFileStatus(path).isDirectory() && isFree(files))) {
            return Optional.of(BundleFailures.notEmpty(path.toString()));
        }
        return Optional.empty();
    }

    /** Whether the directory is empty, or has a model that {@link #upload} did not finish, which may be overwritten. */
    private boolean isFree(FileSystem files) throws IOException {
        Set<String> names = Arrays.stream(files.listStatus(path))
                .map(file -> file.getPath().getName())
                .collect(Collectors.toSet());
        return names.isEmpty()
                || (!Storage.of(configuration).renamesAtomically(path)
                        && names.contains(Bundle.NETWORK)
                        && Bundle.FILES.containsAll(names));
    }

    /**
     * Publishes a finished local directory: copies it next to this one, then renames the copy. In an object store it
     * is copied to this one, and is a model as soon as it has its list of checksums, which is copied last, unless another
     * model was finished there meanwhile.
     *
     * @throws IOException if the directory was created meanwhile, or the file system fails
     */
    public void publish(java.nio.file.Path finished) throws IOException {
        Storage storage = Storage.of(configuration);
        if (!storage.renamesAtomically(path)) {
            requireFree();
            upload(finished, path, storage);
            return;
        }
        try (AtomicDirectory directory = AtomicDirectory.at(storage, path)) {
            storage.makeDirectories(directory.aside());
            upload(finished, directory.aside(), storage);
            requireFree();
            storage.deleteEmpty(path);
            directory.publishNew();
        }
    }

    private void requireFree() throws IOException {
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            throw new IOException(obstacle.get());
        }
    }

    /**
     * Copies all files, also those in subdirectories: the network first, by which an unfinished model is recognised,
     * and the list of checksums last.
     */
    private void upload(java.nio.file.Path finished, Path to, Storage storage) throws IOException {
        List<String> names;
        try (var walked = java.nio.file.Files.walk(finished)) {
            names = walked.filter(java.nio.file.Files::isRegularFile)
                    .map(file -> finished.relativize(file).toString())
                    .sorted(Comparator.comparing((String name) -> name.equals(Bundle.CHECK_SUMS))
                            .thenComparing(name -> !name.equals(Bundle.NETWORK))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
        for (String name : names) {
            if (name.equals(Bundle.CHECK_SUMS)) {
                requireFree();
            }
            try (OutputStream out = storage.create(new Path(to, name))) {
                java.nio.file.Files.copy(finished.resolve(name), out);
            }
        }
    }

    /** Whether a complete model is here. */
    public boolean holdsModel() throws IOException {
        return fileSystem().exists(new Path(path, Bundle.CHECK_SUMS));
    }

    /** This directory. If it is the file {@code CURRENT} of a {@link Registry}, the version that the file names. */
    private ModelDirectory current() throws IOException {
        FileSystem files = reached();
        return path.getName().equals(CurrentFile.NAME)
                        && files.exists(path)
                        && !files.getFileStatus(path).isDirectory()
                ? namedIn(path)
                : this;
    }

    private ModelDirectory namedIn(Path file) throws IOException {
        Path home = file.getParent();
        String version = new CurrentFile(Storage.of(configuration), home)
                .history().stream()
                        .findFirst()
                        .orElseThrow(() -> new BundleException(RegistryFailures.namesNoVersion(file.toString())));
        return new ModelDirectory(new Path(home, version).toUri(), configuration);
    }

    /**
     * The directory as a local one, or the version that {@code CURRENT} names, as {@link #current} says.
     *
     * @param scratch an existing local directory to copy it into if it is not local
     * @throws BundleException if it is not local and is no model
     */
    public java.nio.file.Path local(java.nio.file.Path scratch) throws IOException {
        return current().localDirectory(scratch);
    }

    private java.nio.file.Path localDirectory(java.nio.file.Path scratch) throws IOException {
        FileSystem files = reached();
        if (files instanceof LocalFileSystem local) {
            return local.pathToFile(path).toPath();
        }
        java.nio.file.Path copy = scratch.resolve("model");
        copyTo(copy, CopyListener.NONE);
        return copy;
    }

    /**
     * Copies the model, or the version that {@code CURRENT} names, but does not verify it.
     *
     * @param copy a local directory that is empty or does not exist yet
     * @throws BundleException if this is no model
     */
    public void copyTo(java.nio.file.Path copy) throws IOException {
        current().copyTo(copy, CopyListener.NONE);
    }

    /**
     * Copies the model, but does not verify it.
     *
     * @param copy a local directory that is empty or does not exist yet
     * @param listener hears how much is copied
     * @throws BundleException if this is no model
     */
    void copyTo(java.nio.file.Path copy, CopyListener listener) throws IOException {
        FileSystem files = reached();
        requireModel(files);
        java.nio.file.Files.createDirectories(copy);
        Progress progress = new Progress(listener);
        copy(files, Bundle.CHECK_SUMS, copy, progress);
        List<FileStatus> found = new ArrayList<>();
        for (String name : Bundle.listed(copy)) {
            // Opening the copy reports all missing files at once.
            if (files.exists(new Path(path, name))) {
                found.add(files.getFileStatus(new Path(path, name)));
            }
        }
        progress.total = found.stream().mapToLong(FileStatus::getLen).sum();
        for (FileStatus file : found) {
            copy(files, file.getPath().getName(), copy, progress);
        }
    }

    /** Hears how much of a model is copied. */
    @FunctionalInterface
    interface CopyListener {
        /** Does not listen. */
        CopyListener NONE = (bytes, total) -> {};

        /** Called often. */
        void copied(long bytes, long total);
    }

    /** Adds up what is copied. */
    private static final class Progress {
        private final CopyListener listener;
        private long copied;
        private long total;

        Progress(CopyListener listener) {
            this.listener = listener;
        }

        void add(int bytes) {
            copied += bytes;
            listener.copied(copied, Math.max(copied, total));
        }
    }

    /** Checks this before anything is copied, so that no unrelated folder is copied first. */
    private void requireModel(FileSystem files) throws IOException {
        if (!files.exists(path) || !files.getFileStatus(path).isDirectory()) {
            throw new BundleException(BundleFailures.notADirectory(path.toString()));
        }
        if (!files.exists(new Path(path, Bundle.CHECK_SUMS))) {
            throw new BundleException(BundleFailures.noChecksums(path.toString(), Bundle.CHECK_SUMS));
        }
    }

    private void copy(FileSystem files, String name, java.nio.file.Path to, Progress progress) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = files.open(new Path(path, name));
                OutputStream out =
                        java.nio.file.Files.newOutputStream(to.resolve(name), StandardOpenOption.CREATE_NEW)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                progress.add(count);
            }
        }
    }

    /** Without Hadoop's hidden {@code .crc} files next to local ones: a bundle has its own checksums. */
    private FileSystem fileSystem() throws IOException {
        FileSystem files = reached();
        return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    }

    private FileSystem reached() throws IOException {
        try {
            return Storage.reach(path, configuration);
        } catch (NoFileSystemException e) {
            throw new BundleException(e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
