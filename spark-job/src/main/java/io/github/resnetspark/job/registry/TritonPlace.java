package io.github.resnetspark.job.registry;

import io.github.resnetspark.message.job.RegistryFailures;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
     * Publishes a version in one step. The first version also brings the files that all versions share; in an object
     * store they are written first, so that this can be repeated if it was interrupted.
     *
     * @param finished a local directory that is a whole model with this one version
     * @throws RecipeException with each shared file that already exists with other content
     * @throws IOException if the directory was created meanwhile, or the file system fails
     */
    void publish(java.nio.file.Path finished, int version) throws IOException {
        boolean renames = storage.renamesAtomically(path);
        if (renames && storage.list(path).isEmpty()) {
            directory(path).publish(finished);
            return;
        }
        List<String> problems = new ArrayList<>();
        Map<Path, byte[]> missing = new LinkedHashMap<>();
        for (java.nio.file.Path file : shared(finished)) {
            Path there = new Path(path, file.getFileName().toString());
            byte[] content = Files.readAllBytes(file);
            if (!renames && !storage.exists(there)) {
                missing.put(there, content);
            } else if (!holds(there, content)) {
                problems.add(RegistryFailures.serverFileDiffers(there.toString()));
            }
        }
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
        for (Map.Entry<Path, byte[]> file : missing.entrySet()) {
            try (OutputStream out = storage.create(file.getKey())) {
                out.write(file.getValue());
            }
        }
        directory(version(version)).publish(finished.resolve(Integer.toString(version)));
    }

    private static List<java.nio.file.Path> shared(java.nio.file.Path finished) throws IOException {
        try (Stream<java.nio.file.Path> listed = Files.list(finished)) {
            return listed.filter(Files::isRegularFile).sorted().toList();
        }
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
