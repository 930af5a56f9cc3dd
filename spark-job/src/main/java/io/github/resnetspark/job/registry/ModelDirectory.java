package io.github.resnetspark.job.registry;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.storage.AtomicDirectory;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.Storage.NoFileSystemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The place of one model, named by a URI: {@code file:} or {@code hdfs:}. */
public final class ModelDirectory {
    private final Path path;
    private final Configuration configuration;

    public ModelDirectory(URI uri, Configuration configuration) {
        this.path = new Path(uri);
        this.configuration = configuration;
    }

    /** What stands in the way of a model being written here, with the remedy; nothing if the place is free. */
    public Optional<String> obstacle() throws IOException {
        FileSystem files = fileSystem();
        if (files.exists(new Path(path, Bundle.CHECK_SUMS))) {
            return Optional.of(path + " already holds a model, and a model is never overwritten."
                    + " Name another place, or delete that one.");
        }
        if (files.exists(path) && (!files.getFileStatus(path).isDirectory() || files.listStatus(path).length > 0)) {
            return Optional.of(path + " is there already and is not empty." + " Name a place that does not exist yet.");
        }
        return Optional.empty();
    }

    /** Where a run keeps what belongs to it but not to the model: beside the directory, its name with {@code .run}. */
    public Path runDirectory() {
        return path.suffix(".run");
    }

    /**
     * Gives a finished local directory its place: copied beside it, then renamed in one step.
     *
     * @throws IOException if the place was taken meanwhile, or the file system fails
     */
    public void publish(java.nio.file.Path finished) throws IOException {
        FileSystem files = fileSystem();
        Storage storage = Storage.of(configuration);
        try (AtomicDirectory directory = AtomicDirectory.at(storage, path)) {
            files.mkdirs(directory.aside());
            try (var listed = java.nio.file.Files.list(finished)) {
                for (java.nio.file.Path file : listed.sorted().toList()) {
                    files.copyFromLocalFile(
                            false,
                            true,
                            new Path(file.toUri()),
                            new Path(directory.aside(), file.getFileName().toString()));
                }
            }
            Optional<String> obstacle = obstacle();
            if (obstacle.isPresent()) {
                throw new IOException(obstacle.get());
            }
            storage.deleteEmpty(path);
            directory.publishNew();
        }
    }

    /** Whether a complete model is here. */
    public boolean holdsModel() throws IOException {
        return fileSystem().exists(new Path(path, Bundle.CHECK_SUMS));
    }

    /**
     * The directory as a local one. Where it is the file {@code CURRENT} of a {@link Registry}, it stands for the version
     * that the file names.
     *
     * @param scratch an existing local directory to copy it into if it is not local
     * @throws BundleException if it is not local and is no model
     */
    public java.nio.file.Path local(java.nio.file.Path scratch) throws IOException {
        FileSystem files = reached();
        if (path.getName().equals(CurrentFile.NAME)
                && files.exists(path)
                && !files.getFileStatus(path).isDirectory()) {
            return current().local(scratch);
        }
        if (files instanceof LocalFileSystem local) {
            return local.pathToFile(path).toPath();
        }
        refuseWhatIsNoModel(files);
        java.nio.file.Path copy = java.nio.file.Files.createDirectories(scratch.resolve("model"));
        copy(files, Bundle.CHECK_SUMS, copy);
        for (String name : Bundle.listed(copy)) {
            // A file that is missing is told with all others when the copy is opened.
            if (files.exists(new Path(path, name))) {
                copy(files, name, copy);
            }
        }
        return copy;
    }

    private ModelDirectory current() throws IOException {
        Path home = path.getParent();
        String version = new CurrentFile(Storage.of(configuration), home)
                .history().stream()
                        .findFirst()
                        .orElseThrow(() -> new BundleException(
                                path + " names no version. Promote a model, or give a model directory."));
        return new ModelDirectory(new Path(home, version).toUri(), configuration);
    }

    /** With the sentences of a local one: without them, a whole folder of whatever would be copied first. */
    private void refuseWhatIsNoModel(FileSystem files) throws IOException {
        String remedy = " Give a model directory that train or import wrote.";
        if (!files.exists(path) || !files.getFileStatus(path).isDirectory()) {
            throw new BundleException(path + " is not a directory." + remedy);
        }
        if (!files.exists(new Path(path, Bundle.CHECK_SUMS))) {
            throw new BundleException(
                    path + " holds no " + Bundle.CHECK_SUMS + ", so it is no complete model." + remedy);
        }
    }

    private void copy(FileSystem files, String name, java.nio.file.Path to) throws IOException {
        try (InputStream in = files.open(new Path(path, name))) {
            java.nio.file.Files.copy(in, to.resolve(name));
        }
    }

    /** Without Hadoop's hidden {@code .crc} files beside local ones: a bundle has check sums of its own. */
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
