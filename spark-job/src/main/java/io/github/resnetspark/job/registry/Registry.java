package io.github.resnetspark.job.registry;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.lock.LockedException;
import io.github.resnetspark.lock.StorageLock;
import io.github.resnetspark.shard.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * All versions of one model: {@code <dir>/<name>/<version>} and {@code <dir>/<name>/CURRENT}. Versions are model directories,
 * there as a whole or not at all, and never change. Whatever changes the registry holds its lock, for as long as that takes.
 */
public final class Registry {
    private static final String LOCK = "_lock";
    private static final String COMPLETE = "SHA256SUMS";
    private static final String DELETED = ".deleted-";

    private final Path home;
    private final Storage storage;
    private final CurrentFile current;

    /**
     * @param directory of all models
     * @param name of this one
     */
    public Registry(URI directory, String name, Configuration configuration) {
        this.home = new Path(new Path(directory), name);
        this.storage = new Storage(configuration);
        this.current = new CurrentFile(storage, home);
    }

    /** Where everything of the model lies. */
    public Path home() {
        return home;
    }

    /** Whether anything is kept here. */
    public boolean isThere() throws IOException {
        return storage.exists(home);
    }

    /** The version that readers are to use; nothing before the first promotion. */
    public Optional<String> current() throws IOException {
        return current.history().stream().findFirst();
    }

    /** The version that {@link #rollback} would go back to: the one that was current before, and is still there. */
    public Optional<String> predecessor() throws IOException {
        List<String> history = current.history();
        for (String version : history.stream().skip(1).toList()) {
            if (!version.equals(history.get(0)) && holds(version)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** All versions, the oldest first. */
    public List<String> versions() throws IOException {
        return storage.list(home).stream()
                .filter(FileStatus::isDirectory)
                .map(status -> status.getPath().getName())
                .filter(VersionNumber::isOne)
                .sorted(VersionNumber.ORDER)
                .toList();
    }

    /** Where a version is, or would be. */
    public URI place(String version) {
        return new Path(home, version).toUri();
    }

    /** Whether a version is there. */
    public boolean holds(String version) throws IOException {
        return storage.exists(file(version, COMPLETE));
    }

    /**
     * The version that is the same model to the byte.
     *
     * @param model a local model directory
     */
    public Optional<String> versionOf(java.nio.file.Path model) throws IOException {
        byte[] sums = Files.readAllBytes(model.resolve(COMPLETE));
        for (String version : versions()) {
            if (holds(version) && Arrays.equals(sums, storage.read(file(version, COMPLETE)))) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /**
     * Makes a model the current one; copies it first, unless a version is the same already.
     *
     * @param model a local model directory
     * @param before the version that was current when the model was found to be better; nothing if there was none
     * @return the model's version
     * @throws RegistryException if another one is current by now, or somebody else changes the registry just now
     */
    public String promote(java.nio.file.Path model, Optional<String> before) throws IOException {
        try (StorageLock lock = lock()) {
            List<String> history = current.history();
            if (!history.stream().findFirst().equals(before)) {
                throw new RegistryException(
                        "Another model was promoted meanwhile: the current version of " + home + " is "
                                + history.get(0) + ", not "
                                + before.map(old -> "version " + old).orElse("none")
                                + " as before. Promote again to be compared with that one.");
            }
            Optional<String> same = versionOf(model);
            String version = same.isPresent() ? same.get() : add(model);
            List<String> now = new ArrayList<>(List.of(version));
            now.addAll(history);
            lock.requireHeld();
            current.write(now);
            return version;
        }
    }

    private String add(java.nio.file.Path model) throws IOException {
        List<String> known = new ArrayList<>(versions());
        known.addAll(current.history());
        String version = VersionNumber.after(known);
        ModelDirectory place = new ModelDirectory(place(version), storage.configuration());
        place.publish(model);
        requireSound(version);
        return version;
    }

    /**
     * Makes another version the current one.
     *
     * @param to which; nothing for the {@link #predecessor}
     * @return the version that is current now; nothing if there is no predecessor, or it is current already
     * @throws RegistryException if there is no such version, or somebody else changes the registry just now
     */
    public Optional<String> rollback(Optional<String> to) throws IOException {
        try (StorageLock lock = lock()) {
            List<String> history = current.history();
            Optional<String> wanted = to.isPresent() ? to : predecessor();
            if (wanted.isEmpty() || history.stream().findFirst().equals(wanted)) {
                return Optional.empty();
            }
            String version = wanted.get();
            if (!VersionNumber.isOne(version) || !holds(version)) {
                throw new RegistryException(
                        home + " has no version " + version + ". Choose one of " + String.join(", ", versions()) + ".");
            }
            requireSound(version);
            int known = history.indexOf(version);
            List<String> now = new ArrayList<>(known < 0 ? List.of(version) : List.of());
            now.addAll(history.subList(Math.max(0, known), history.size()));
            lock.requireHeld();
            current.write(now);
            return wanted;
        }
    }

    /**
     * Deletes old versions: all but the newest, the current one and its predecessor.
     *
     * @param keep how many of the newest to keep
     * @return the versions that are gone, the oldest first
     */
    public List<String> prune(int keep) throws IOException {
        try (StorageLock lock = lock()) {
            List<String> versions = versions();
            List<String> deleted = new ArrayList<>();
            for (String version : versions.subList(0, Math.max(0, versions.size() - keep))) {
                if (!Optional.of(version).equals(current())
                        && !Optional.of(version).equals(predecessor())) {
                    lock.requireHeld();
                    // Under another name first: nobody is to see half a version.
                    storage.rename(
                            new Path(home, version), new Path(home, "." + version + DELETED + UUID.randomUUID()));
                    deleted.add(version);
                }
            }
            removeLeftovers();
            return deleted;
        }
    }

    /** What was being deleted, or copied by whoever held the lock before and was killed. */
    private void removeLeftovers() throws IOException {
        for (FileStatus status : storage.list(home)) {
            if (status.getPath().getName().matches("\\.[0-9]+\\.(deleted|writing)-.*")) {
                storage.delete(status.getPath());
            }
        }
    }

    /** Reads every byte of it. */
    private void requireSound(String version) throws IOException {
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            Bundle.open(new ModelDirectory(place(version), storage.configuration()).local(scratch.path()));
        }
    }

    private StorageLock lock() throws IOException {
        try {
            return StorageLock.take(storage, new Path(home, LOCK));
        } catch (LockedException e) {
            throw new RegistryException(
                    home + " is being changed by another run (" + e.owner() + "). Try again when that one is done.", e);
        }
    }

    /** What a small file of a version holds; nothing if there is no such file. */
    Optional<byte[]> read(String version, String name) throws IOException {
        try {
            return Optional.of(storage.read(file(version, name)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The files of a version. */
    List<FileStatus> files(String version) throws IOException {
        return storage.list(new Path(home, version));
    }

    private Path file(String version, String name) {
        return new Path(new Path(home, version), name);
    }
}
