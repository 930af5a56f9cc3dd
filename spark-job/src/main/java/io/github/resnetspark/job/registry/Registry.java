package io.github.resnetspark.job.registry;

import io.github.resnetspark.job.recipe.RegistrySettings;
import io.github.resnetspark.job.registry.VersionStore.VersionNumber;
import io.github.resnetspark.message.job.RegistryFailures;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.StorageLock;
import io.github.resnetspark.storage.StorageLock.LockedException;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * All versions of one model: {@code <dir>/<name>/<version>} and {@code <dir>/<name>/CURRENT}. Versions are model directories. They
 * appear as a whole and never change. Every change of the registry holds its lock.
 */
public final class Registry {
    private static final String LOCK = "_lock";
    private static final String NONE = "none";

    private final Path home;
    private final Storage storage;
    private final VersionStore store;
    private final CurrentFile current;

    /**
     * @param directory of all models
     * @param name of this one
     */
    public Registry(URI directory, String name, Configuration configuration) {
        this.home = new Path(new Path(directory), name);
        this.storage = Storage.of(configuration);
        this.store = new VersionStore(storage, home);
        this.current = new CurrentFile(storage, home);
    }

    /**
     * The one that a recipe names.
     *
     * @param settings with both the directory and the name
     */
    public static Registry of(RegistrySettings settings, Configuration configuration) {
        return new Registry(settings.directory().orElseThrow(), settings.name().orElseThrow(), configuration);
    }

    /** The directory with everything of the model. */
    public Path home() {
        return home;
    }

    /** Whether anything is kept here. */
    public boolean isThere() throws IOException {
        return storage.exists(home);
    }

    /** The version for readers to use; nothing before the first promotion. */
    public Optional<String> current() throws IOException {
        return current.history().stream().findFirst();
    }

    /** The version that {@link #rollback} goes back to: the last current one before this that still exists. */
    public Optional<String> predecessor() throws IOException {
        List<String> history = current.history();
        for (String version : history.stream().skip(1).toList()) {
            if (!version.equals(history.get(0)) && store.holds(version)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** When {@code CURRENT} was last moved, forward or back, by the file system's clock; 1970 before the first promotion. */
    public Instant moved() throws IOException {
        return current.written();
    }

    /** All versions, the oldest first. */
    public List<String> versions() throws IOException {
        return store.versions();
    }

    /** Where a version is, or would be. */
    public URI place(String version) {
        return store.place(version);
    }

    /**
     * The version that is byte-identical to a model.
     *
     * @param model a local model directory
     */
    public Optional<String> versionOf(java.nio.file.Path model) throws IOException {
        return store.versionOf(model);
    }

    VersionStore store() {
        return store;
    }

    /**
     * Makes a model the current one; copies it first, unless a version is the same already.
     *
     * @param model a local model directory
     * @param before the version that was current when the model was found to be better; nothing if there was none
     * @return the model's version
     * @throws RegistryException if another one is current by now, or another process is changing the registry
     */
    public String promote(java.nio.file.Path model, Optional<String> before) throws IOException {
        return promote(model, before, PromotionWitness.NONE);
    }

    /** The same, before a witness. */
    public String promote(java.nio.file.Path model, Optional<String> before, PromotionWitness witness)
            throws IOException {
        try (StorageLock lock = lock()) {
            List<String> history = current.history();
            if (!history.stream().findFirst().equals(before)) {
                throw new RegistryException(RegistryFailures.promotedMeanwhile(
                        home.toString(), history.stream().findFirst().orElse(NONE), before.orElse(NONE)));
            }
            Optional<String> same = versionOf(model);
            String version = same.isPresent() ? same.get() : store.add(model, history);
            store.requireSound(version);
            List<String> now = new ArrayList<>(List.of(version));
            now.addAll(history);
            lock.requireHeld();
            witness.before(version, current.written());
            lock.requireHeld();
            current.write(now);
            return version;
        }
    }

    /**
     * Makes another version the current one.
     *
     * @param to which; nothing for the {@link #predecessor}
     * @return the version that is current now; nothing if there is no predecessor, or it is current already
     * @throws RegistryException if there is no such version, or another process is changing the registry
     */
    public Optional<String> rollback(Optional<String> to) throws IOException {
        try (StorageLock lock = lock()) {
            List<String> history = current.history();
            Optional<String> wanted = to.isPresent() ? to : predecessor();
            if (wanted.isEmpty() || history.stream().findFirst().equals(wanted)) {
                return Optional.empty();
            }
            String version = wanted.get();
            if (!VersionNumber.isOne(version) || !store.holds(version)) {
                throw new RegistryException(RegistryFailures.noSuchVersion(home.toString(), version, versions()));
            }
            store.requireSound(version);
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
     * @throws RegistryException if some versions cannot be deleted, or another process is changing the registry. All other
     *     versions are deleted
     */
    public List<String> prune(int keep) throws IOException {
        try (StorageLock lock = lock()) {
            List<String> versions = versions();
            List<String> deleted = new ArrayList<>();
            List<String> kept = new ArrayList<>();
            for (String version : versions.subList(0, Math.max(0, versions.size() - keep))) {
                if (!Optional.of(version).equals(current())
                        && !Optional.of(version).equals(predecessor())) {
                    lock.requireHeld();
                    try {
                        store.delete(version);
                        deleted.add(version);
                    } catch (IOException e) {
                        kept.add(version + " (" + e.getMessage() + ")");
                    }
                }
            }
            store.removeLeftovers();
            if (!kept.isEmpty()) {
                throw new RegistryException(RegistryFailures.versionsNotDeleted(home.getName(), kept));
            }
            return deleted;
        }
    }

    private StorageLock lock() throws IOException {
        try {
            return StorageLock.take(storage, new Path(home, LOCK));
        } catch (LockedException e) {
            throw new RegistryException(RegistryFailures.locked(home.toString(), e.owner()), e);
        }
    }

    /** Called just before a promotion happens. It may record the promotion, or prevent it by throwing. */
    @FunctionalInterface
    public interface PromotionWitness {
        /** Does nothing. */
        PromotionWitness NONE = (version, moved) -> {};

        /**
         * Called when nothing is left to do but to move {@code CURRENT}.
         *
         * @param version that it is about to name
         * @param moved when it was last moved, as {@link Registry#moved} says
         */
        void before(String version, Instant moved) throws IOException;
    }
}
