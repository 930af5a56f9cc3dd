package io.github.resnetspark.job.registry;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.file.AsideName;
import io.github.resnetspark.file.AtomicWrite;
import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.message.job.CommandNotices;
import io.github.resnetspark.message.job.RegistryFailures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local directory with a copy of a registry's current model: the link {@code current} names one of the copies beside it,
 * such as {@code 7-3f2a9c1b}. The name of a copy has its version and the start of a digest of its checksums, so a copy never
 * changes. The link is replaced in one step, so a reader finds the old model or the new one.
 *
 * <p>Only the owner of a file lock writes. The operating system releases it when its process ends, however it ends.
 */
public final class LocalCopy {
    /** The name of the link. */
    public static final String LINK = "current";

    private static final Logger LOG = LoggerFactory.getLogger(LocalCopy.class);
    private static final String LOCK = ".lock";
    private static final Pattern COPY = Pattern.compile("[1-9][0-9]{0,8}-[0-9a-f]{8}");
    private static final int DIGITS = 8;
    /** The version may be pruned while it is copied, but not several times in a row. */
    private static final int TRIES = 3;

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Path directory;
    private final Configuration configuration;

    /**
     * @param directory which need not exist
     * @param configuration for reaching the registry
     */
    public LocalCopy(Path directory, Configuration configuration) {
        this.directory = directory.toAbsolutePath().normalize();
        this.configuration = configuration;
    }

    /**
     * What a call did.
     *
     * @param change whether readers of the link find another model now
     * @param version the registry's current version
     * @param model its copy
     * @param before the copy that the link named before; nothing if there was no link
     * @param deleted older copies that are gone
     */
    public record Fetched(Change change, String version, Path model, Optional<String> before, List<String> deleted) {
        public Fetched {
            deleted = List.copyOf(deleted);
        }
    }

    /** Whether a link changed. */
    public enum Change {
        /** It names another copy. */
        SWITCHED,
        /** It names the same copy, which was damaged and is whole again. */
        REPAIRED,
        /** Everything was as it should be. */
        NONE
    }

    /**
     * Copies the current version if it is not here yet, verifies all of its checksums, and makes the link name it. Deletes
     * what killed calls left behind, and old copies.
     *
     * @param keep how many earlier copies to keep besides the current one, at least 1: a service may be reading it
     * @return nothing if the registry has no current version
     * @throws RegistryException if another process is doing the same, or if the version is damaged. The link is as before
     */
    public Optional<Fetched> follow(Registry registry, int keep) throws IOException {
        Files.createDirectories(directory);
        try (FileChannel channel =
                        FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = tryLock(channel)) {
            if (lock == null) {
                throw new RegistryException(RegistryFailures.fetching(directory.toString()));
            }
            removeLeftovers();
            Optional<String> before = linked();
            Optional<Copied> copied = current(registry);
            if (copied.isEmpty()) {
                return Optional.empty();
            }
            String name = copied.get().name();
            boolean same = before.equals(Optional.of(name));
            if (!same) {
                link(name);
            }
            Change change = same ? copied.get().isNew() ? Change.REPAIRED : Change.NONE : Change.SWITCHED;
            return Optional.of(new Fetched(
                    change, copied.get().version(), directory.resolve(name), before, prune(keep, name, before)));
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private Optional<Copied> current(Registry registry) throws IOException {
        for (int left = TRIES; ; left--) {
            Optional<String> version = registry.current();
            if (version.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(copy(registry, version.get()));
            } catch (FileNotFoundException e) {
                if (left == 1 || registry.current().equals(version)) {
                    throw new RegistryException(
                            RegistryFailures.damagedVersion(
                                    registry.place(version.get()).toString(), e.getMessage()),
                            e);
                }
            }
        }
    }

    private Copied copy(Registry registry, String version) throws IOException {
        ModelDirectory source = new ModelDirectory(registry.place(version), configuration);
        byte[] sums = registry.store()
                .read(version, Bundle.CHECK_SUMS)
                .orElseThrow(() -> new FileNotFoundException(Bundle.CHECK_SUMS));
        String name = version + "-" + Sha256.of(sums).substring(0, DIGITS);
        Path target = directory.resolve(name);
        if (isSound(target, sums)) {
            return new Copied(version, name, false);
        }
        try (AtomicWrite write = AtomicWrite.to(target)) {
            Files.createDirectory(write.aside());
            source.copyTo(write.aside(), new CopyLog(source.toString()));
            try {
                Bundle.open(write.aside());
            } catch (BundleException e) {
                throw new RegistryException(RegistryFailures.damagedVersion(source.toString(), e.getMessage()), e);
            }
            // The link may name the damaged copy, so that it is only moved out of the way until the new one is there.
            Optional<Path> damaged = setAside(target);
            write.commit();
            if (damaged.isPresent()) {
                delete(damaged.get());
            }
        }
        return new Copied(version, name, true);
    }

    /** Reads every byte. */
    private static boolean isSound(Path copy, byte[] sums) throws IOException {
        if (!Files.exists(copy)) {
            return false;
        }
        try {
            return Arrays.equals(
                    sums, Files.readAllBytes(Bundle.open(copy).directory().resolve(Bundle.CHECK_SUMS)));
        } catch (BundleException e) {
            LOG.warn("{}", CommandNotices.localCopyDamaged(copy.toString(), e.getMessage()));
            return false;
        }
    }

    private Optional<String> linked() throws IOException {
        Path link = directory.resolve(LINK);
        if (Files.isSymbolicLink(link)) {
            return Optional.of(Files.readSymbolicLink(link).toString());
        }
        if (Files.exists(link)) {
            throw new RegistryException(RegistryFailures.notALink(link.toString()));
        }
        return Optional.empty();
    }

    private void link(String name) throws IOException {
        // Copies that were used last are kept longest.
        Files.setLastModifiedTime(directory.resolve(name), FileTime.from(Instant.now()));
        Path aside = directory.resolve(AsideName.of(LINK));
        Files.createSymbolicLink(aside, Path.of(name));
        Files.move(aside, directory.resolve(LINK), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> prune(int keep, String current, Optional<String> before) throws IOException {
        List<Path> earlier = new ArrayList<>();
        for (Path file : contents()) {
            String name = file.getFileName().toString();
            if (COPY.matcher(name).matches() && !name.equals(current)) {
                earlier.add(file);
            }
        }
        List<TimedCopy> copies = new ArrayList<>();
        for (Path file : earlier) {
            boolean last = before.equals(Optional.of(file.getFileName().toString()));
            copies.add(new TimedCopy(file, last, Files.getLastModifiedTime(file)));
        }
        List<String> deleted = new ArrayList<>();
        for (TimedCopy old :
                copies.stream().sorted(TimedCopy.LAST_USED_FIRST).skip(keep).toList()) {
            remove(old.place());
            deleted.add(old.place().getFileName().toString());
        }
        return deleted;
    }

    /** Renames a copy before it deletes it, so that nobody sees half of it under its name. */
    private void remove(Path copy) throws IOException {
        Optional<Path> aside = setAside(copy);
        if (aside.isPresent()) {
            delete(aside.get());
        }
    }

    /** Gives a copy a hidden name; nothing if there is no copy. */
    private Optional<Path> setAside(Path copy) throws IOException {
        if (!Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Path aside = directory.resolve(AsideName.of(copy.getFileName().toString()));
        return Optional.of(Files.move(copy, aside, StandardCopyOption.ATOMIC_MOVE));
    }

    private void removeLeftovers() throws IOException {
        for (Path file : contents()) {
            Optional<String> target = AsideName.target(file.getFileName().toString());
            if (target.filter(name -> name.equals(LINK) || COPY.matcher(name).matches())
                    .isPresent()) {
                delete(file);
            }
        }
    }

    private List<Path> contents() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static void delete(Path tree) throws IOException {
        new TemporaryDirectory(tree).close();
    }

    /**
     * A version that is here.
     *
     * @param name of its directory
     * @param isNew whether this call copied it
     */
    private record Copied(String version, String name, boolean isNew) {}

    /**
     * An earlier copy.
     *
     * @param last whether the link named it until now
     * @param used when the link began to name it
     */
    private record TimedCopy(Path place, boolean last, FileTime used) {
        static final Comparator<TimedCopy> LAST_USED_FIRST = Comparator.comparing(TimedCopy::last)
                .thenComparing(TimedCopy::used)
                .reversed();
    }

    /** Logs every few seconds how much of a model is copied. */
    private static final class CopyLog implements ModelDirectory.CopyListener {
        private final String model;
        private long last = System.nanoTime();

        CopyLog(String model) {
            this.model = model;
        }

        @Override
        public void copied(long bytes, long total) {
            if (System.nanoTime() - last >= BETWEEN_LINES.toNanos()) {
                last = System.nanoTime();
                LOG.info("{}", CommandNotices.copying(model, bytes, total));
            }
        }
    }
}
