package io.github.resnetspark.job.registry;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The place of one model, named by a URI: {@code file:} or {@code hdfs:}. */
public final class ModelDirectory {
    /** The last file of a bundle; where it is, a model is complete. */
    private static final String COMPLETE = "SHA256SUMS";

    private final Path path;
    private final Configuration configuration;

    public ModelDirectory(URI uri, Configuration configuration) {
        this.path = new Path(uri);
        this.configuration = configuration;
    }

    /** What stands in the way of a model being written here, with the remedy; nothing if the place is free. */
    public Optional<String> obstacle() throws IOException {
        FileSystem files = fileSystem();
        if (files.exists(new Path(path, COMPLETE))) {
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
        Path aside = new Path(path.getParent(), "." + path.getName() + ".writing-" + UUID.randomUUID());
        try {
            files.mkdirs(aside);
            try (var listed = java.nio.file.Files.list(finished)) {
                for (java.nio.file.Path file : listed.sorted().toList()) {
                    files.copyFromLocalFile(
                            false,
                            true,
                            new Path(file.toUri()),
                            new Path(aside, file.getFileName().toString()));
                }
            }
            Optional<String> obstacle = obstacle();
            if (obstacle.isPresent()) {
                throw new IOException(obstacle.get());
            }
            Path target = files.makeQualified(path);
            files.delete(target, false);
            FileContext.getFileContext(target.toUri(), configuration).rename(files.makeQualified(aside), target);
        } finally {
            files.delete(aside, true);
        }
    }

    /**
     * The directory as a local one.
     *
     * @param scratch an existing local directory to copy it into if it is not local
     */
    public java.nio.file.Path local(java.nio.file.Path scratch) throws IOException {
        FileSystem files = path.getFileSystem(configuration);
        if (files instanceof LocalFileSystem local) {
            return local.pathToFile(path).toPath();
        }
        java.nio.file.Path copy = scratch.resolve("model");
        files.copyToLocalFile(false, path, new Path(copy.toUri()), true);
        return copy;
    }

    /** Without Hadoop's hidden {@code .crc} files beside local ones: a bundle has check sums of its own. */
    private FileSystem fileSystem() throws IOException {
        FileSystem files = path.getFileSystem(configuration);
        return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
