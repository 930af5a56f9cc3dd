package io.github.resnetspark.job.registry;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.file.AsideName;
import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The directories of a model's versions. Every change needs the registry's lock. */
final class VersionStore {
    private static final String DELETED = ".deleted-";
    /** The name of a version while it is being deleted. */
    private static final Pattern BEING_DELETED = Pattern.compile("\\.[0-9]+\\.deleted-.*");
    /** Files that only the owner of the registry's lock writes. */
    private static final Pattern OURS = Pattern.compile("[0-9]+|" + CurrentFile.NAME);
    /** Files that every process writes when it tries to take a lock. */
    private static final Pattern LOCKS = Pattern.compile("_(retrain-)?lock.*");
    /** Longer than such a try takes, even if clocks differ. */
    private static final Duration LONG = Duration.ofDays(1);

    private final Storage storage;
    private final Path home;

    VersionStore(Storage storage, Path home) {
        this.storage = storage;
        this.home = home;
    }

    /** All versions, the oldest first. */
    List<String> versions() throws IOException {
        return storage.list(home).stream()
                .filter(FileStatus::isDirectory)
                .map(status -> status.getPath().getName())
                .filter(VersionNumber::isOne)
                .sorted(VersionNumber.ORDER)
                .toList();
    }

    /** Where a version is, or would be. */
    URI place(String version) {
        return new Path(home, version).toUri();
    }

    /** Whether a version is there. */
    boolean holds(String version) throws IOException {
        return storage.exists(file(version, Bundle.CHECK_SUMS));
    }

    /**
     * The version that is byte-identical to a model.
     *
     * @param model a local model directory
     */
    Optional<String> versionOf(java.nio.file.Path model) throws IOException {
        byte[] sums = Files.readAllBytes(model.resolve(Bundle.CHECK_SUMS));
        for (String version : versions()) {
            if (holds(version) && Arrays.equals(sums, storage.read(file(version, Bundle.CHECK_SUMS)))) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /**
     * Copies a model into a new version.
     *
     * @param model a local model directory
     * @param used numbers that must not be used again, in addition to those of existing versions
     */
    String add(java.nio.file.Path model, List<String> used) throws IOException {
        List<String> known = new ArrayList<>(versions());
        known.addAll(used);
        String version = VersionNumber.after(known);
        new ModelDirectory(place(version), storage.configuration()).publish(model);
        return version;
    }

    /** Renames a version and then deletes it, so that nobody sees half of it. */
    void delete(String version) throws IOException {
        Path aside = new Path(home, "." + version + DELETED + UUID.randomUUID());
        storage.rename(new Path(home, version), aside);
        storage.delete(aside);
    }

    /** Deletes what a killed owner of the lock was deleting or copying. */
    void removeLeftovers() throws IOException {
        long old = System.currentTimeMillis() - LONG.toMillis();
        for (FileStatus status : storage.list(home)) {
            String name = status.getPath().getName();
            if (BEING_DELETED.matcher(name).matches()
                    || isHalfWritten(OURS, name)
                    || (isHalfWritten(LOCKS, name) && status.getModificationTime() < old)) {
                storage.delete(status.getPath());
            }
        }
    }

    private static boolean isHalfWritten(Pattern what, String name) {
        return AsideName.target(name)
                .filter(target -> what.matcher(target).matches())
                .isPresent();
    }

    /**
     * Reads every byte of a version.
     *
     * @throws BundleException if it is damaged
     */
    void requireSound(String version) throws IOException {
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            Bundle.open(new ModelDirectory(place(version), storage.configuration()).local(scratch.path()));
        }
    }

    /** The content of a small file of a version; nothing if there is no such file. */
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

    /** The names of versions: 1, 2, 3 and so on, as Triton Inference Server requires. */
    static final class VersionNumber {
        private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,8}");

        /** Rising. */
        static final Comparator<String> ORDER = Comparator.comparingInt(Integer::parseInt);

        private VersionNumber() {}

        static boolean isOne(String text) {
            return FORM.matcher(text).matches();
        }

        /** The one after all these. */
        static String after(List<String> versions) {
            return Integer.toString(
                    1 + versions.stream().mapToInt(Integer::parseInt).max().orElse(0));
        }
    }
}
