package io.github.resnetspark.job.registry;

import io.github.resnetspark.message.job.RegistryFailures;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The directory of one model in a Triton model repository: a directory for each version, and files that hold for all. */
public final class TritonPlace {
    private final Path path;
    private final Storage storage;

    /**
     * @param repository the directory of all models
     * @param name of this one
     */
    public TritonPlace(URI repository, String name, Configuration configuration) {
        this.path = new Path(new Path(repository), name);
        this.storage = Storage.of(configuration);
    }

    /** Why a version cannot be written, with the remedy; nothing if it can. */
    public Optional<String> obstacle(int version) throws IOException {
        Path place = version(version);
        return storage.list(place).isEmpty()
                ? Optional.empty()
                : Optional.of(RegistryFailures.serverVersionExists(place.toString()));
    }

    /**
     * Publishes a version in one step. The first version also brings the files that all versions share.
     *
     * @param finished a local directory that is a whole model with this one version
     * @throws RecipeException with each shared file that already exists with other content
     * @throws IOException if the directory was created meanwhile, or the file system fails
     */
    void publish(java.nio.file.Path finished, int version) throws IOException {
        if (storage.list(path).isEmpty()) {
            directory(path).publish(finished);
            return;
        }
        List<String> problems = new ArrayList<>();
        try (var listed = Files.list(finished)) {
            for (java.nio.file.Path file :
                    listed.filter(Files::isRegularFile).sorted().toList()) {
                Path there = new Path(path, file.getFileName().toString());
                if (!holds(there, Files.readAllBytes(file))) {
                    problems.add(RegistryFailures.serverFileDiffers(there.toString()));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
        directory(version(version)).publish(finished.resolve(Integer.toString(version)));
    }

    private boolean holds(Path file, byte[] content) throws IOException {
        try {
            return Arrays.equals(content, storage.read(file));
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    private ModelDirectory directory(Path place) {
        return new ModelDirectory(place.toUri(), storage.configuration());
    }

    private Path version(int version) {
        return new Path(path, Integer.toString(version));
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
