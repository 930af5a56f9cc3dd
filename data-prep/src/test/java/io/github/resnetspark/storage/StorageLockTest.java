package io.github.resnetspark.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resnetspark.message.data.LockFailures;
import io.github.resnetspark.message.data.StorageReasons;
import io.github.resnetspark.storage.StorageLock.LockLostException;
import io.github.resnetspark.storage.StorageLock.LockedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageLockTest {
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final String TOKEN = "6b0f9a52-8d0e-4d9c-9d4b-0d5a3e1f2c70";
    private static final int THREADS = 8;

    @TempDir
    Path folder;

    private final Storage storage = Storage.of(new Configuration());
    private Path file;
    private org.apache.hadoop.fs.Path lock;

    @BeforeEach
    void locate() {
        file = folder.resolve("shared/_lock");
        lock = new org.apache.hadoop.fs.Path(file.toUri());
    }

    @Test
    void aSecondOwnerIsRefusedAtOnceUntilTheFirstReleasesTheLock() throws IOException {
        try (StorageLock first = StorageLock.take(storage, lock)) {
            first.requireHeld();
            assertThatThrownBy(() -> StorageLock.take(storage, lock))
                    .isInstanceOf(LockedException.class)
                    .hasMessageMatching(
                            "file:" + file + " is held by process "
                                    + ProcessHandle.current().pid()
                                    + " on \\S+, since \\S+Z\\. Wait until that run ends\\. If there is no such run, delete the file\\.");
        }
        assertThat(names()).isEmpty();
        StorageLock.take(storage, lock).close();
    }

    @Test
    void theLockOfAKilledRunOnThisMachineIsTakenOverAtOnce() throws IOException {
        left(machine(), "999999999", "1");

        try (StorageLock taken = StorageLock.take(storage, lock, NEVER)) {
            taken.requireHeld();
        }

        assertThat(names()).isEmpty();
    }

    @Test
    void theHolderIsKnownWithoutTakingTheLock() throws IOException {
        assertThat(StorageLock.holder(storage, lock)).isEmpty();
        try (StorageLock taken = StorageLock.take(storage, lock)) {
            assertThat(StorageLock.holder(storage, lock).orElseThrow())
                    .returns(true, StorageLock.Holder::alive)
                    .extracting(StorageLock.Holder::owner)
                    .asString()
                    .startsWith("process " + ProcessHandle.current().pid() + " on ");
            taken.requireHeld();
        }
        left(machine(), "999999999", "1");
        assertThat(StorageLock.holder(storage, lock).orElseThrow().alive()).isFalse();
    }

    @Test
    void aProcessThatReusesTheNumberOfAKilledOneIsNotMistakenForIt() throws IOException {
        left(machine(), Long.toString(ProcessHandle.current().pid()), "1");

        StorageLock.take(storage, lock, NEVER).close();
    }

    @Test
    void aRunningProcessIsNotMistakenForAKilledOne() throws IOException {
        long self = ProcessHandle.current().pid();
        left(machine(), Long.toString(self), Machine.start(self).orElseThrow());

        assertThatThrownBy(() -> StorageLock.take(storage, lock, NEVER)).isInstanceOf(LockedException.class);
    }

    @Test
    void theLockOfAnotherMachineIsTakenOverIfItIsNotRenewed() throws IOException {
        left("elsewhere/1", "12", "345");
        long begin = System.nanoTime();

        StorageLock.take(storage, lock, SOON).close();

        assertThat(System.nanoTime() - begin).isGreaterThan(6 * SOON.toNanos());
        assertThat(names()).isEmpty();
    }

    @Test
    void anotherPidNamespaceCountsAsAnotherMachine() throws IOException {
        // Process 1 of a container is not process 1 of its host.
        left(machine() + "0", "1", "345");
        long begin = System.nanoTime();

        StorageLock.take(storage, lock, SOON).close();

        assertThat(System.nanoTime() - begin).isGreaterThan(6 * SOON.toNanos());
    }

    @Test
    void theLockOfAnotherMachineIsRespectedIfItIsRenewed() throws Exception {
        left("elsewhere/1", "12", "345");
        FileTime touched = FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() - 60_000);
        Thread other = new Thread(() -> {
            try {
                Thread.sleep(3 * SOON.toMillis());
                Files.setLastModifiedTime(file, touched);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        other.start();

        assertThatThrownBy(() -> StorageLock.take(storage, lock, Duration.ofSeconds(1)))
                .isInstanceOf(LockedException.class)
                .hasMessage(LockFailures.held(
                        "file:" + file, StorageReasons.lockOwner(12, "node7", "2020-01-01T00:00:00Z")));
        other.join();
        assertThat(names()).containsExactly("_lock");
    }

    @Test
    void aRunThatCannotReachTheFileSystemForAWhileIsNotMistakenForAKilledOne() throws Exception {
        left("elsewhere/1", "12", "345");
        Configuration configuration = new Configuration();
        configuration.setClass("fs.stalling.impl", StallingFileSystem.class, FileSystem.class);
        org.apache.hadoop.fs.Path there = new org.apache.hadoop.fs.Path("stalling://" + file);
        StallingFileSystem files = (StallingFileSystem) there.getFileSystem(configuration);
        FileTime touched = FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() - 60_000);
        Thread other = new Thread(() -> {
            try {
                Thread.sleep(2 * SOON.toMillis());
                files.stall(10 * SOON.toMillis());
                Thread.sleep(2 * SOON.toMillis());
                Files.setLastModifiedTime(file, touched);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        other.start();

        assertThatThrownBy(() -> StorageLock.take(Storage.of(configuration), there, SOON))
                .isInstanceOf(LockedException.class);
        other.join();
        assertThat(names()).containsExactly("_lock");
    }

    @Test
    void aLockOfAnEarlierReleaseIsTakenOverIfItIsNotRenewed() throws IOException {
        write(file, "node7 12 2020-01-01T00:00:00Z 2020-01-01T00:00:00Z token 7\n");

        StorageLock.take(storage, lock, SOON).close();

        assertThat(names()).isEmpty();
    }

    @Test
    void theOwnerRenewsTheLock() throws Exception {
        try (StorageLock taken = StorageLock.take(storage, lock, SOON)) {
            FileTime first = Files.getLastModifiedTime(file);
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (Files.getLastModifiedTime(file).equals(first) && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            assertThat(Files.getLastModifiedTime(file)).isNotEqualTo(first);
            taken.requireHeld();
        }
    }

    @Test
    void anOwnerNoticesATakeoverAndDoesNotDeleteTheNewLock() throws IOException {
        StorageLock first = StorageLock.take(storage, lock, NEVER);
        LockOwner owner = LockOwner.parse(Files.readString(file));
        LockOwner other = LockOwner.ofThisProcess();
        write(file.resolveSibling("_lock-after-" + owner.token()), other.text());

        assertThat(first.isHeld()).isFalse();
        assertThatThrownBy(first::requireHeld)
                .isInstanceOf(LockLostException.class)
                .hasMessage(LockFailures.lost("file:" + file));
        first.close();

        assertThat(names()).containsExactly("_lock", "_lock-after-" + owner.token());
        assertThatThrownBy(() -> StorageLock.take(storage, lock)).isInstanceOf(LockedException.class);
    }

    @Test
    void aLockThatWasDeletedIsLost() throws IOException {
        try (StorageLock first = StorageLock.take(storage, lock, NEVER)) {
            Files.delete(file);

            assertThatThrownBy(first::requireHeld).isInstanceOf(LockLostException.class);
        }
    }

    @Test
    void exactlyOneOfManyTakesOverFromADeadOwner() throws Exception {
        for (int round = 0; round < 40; round++) {
            left(machine(), "999999999", "1");

            List<Throwable> refused = refusalsOfMany();

            assertThat(refused).hasSize(THREADS - 1).allSatisfy(refusal -> assertThat(refusal)
                    .isInstanceOf(LockedException.class));
            assertThat(names()).isEmpty();
        }
    }

    @Test
    void exactlyOneOfManyTakesAFreeLock() throws Exception {
        for (int round = 0; round < 40; round++) {
            assertThat(refusalsOfMany()).hasSize(THREADS - 1);
        }
    }

    /** Starts all attempts at once. The successful one keeps the lock until the last one was refused. */
    private List<Throwable> refusalsOfMany() throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        CyclicBarrier end = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Throwable>> takers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                takers.add(threads.submit((Callable<Throwable>) () -> {
                    start.await();
                    List<StorageLock> taken = new ArrayList<>();
                    Throwable refusal = catchThrowable(() -> taken.add(StorageLock.take(storage, lock, NEVER)));
                    end.await();
                    for (StorageLock held : taken) {
                        held.requireHeld();
                        held.close();
                    }
                    return refusal;
                }));
            }
            List<Throwable> refusals = new ArrayList<>();
            for (Future<Throwable> taker : takers) {
                if (taker.get() != null) {
                    refusals.add(taker.get());
                }
            }
            return refusals;
        } finally {
            threads.shutdown();
        }
    }

    private static String machine() {
        return Machine.identity().orElseThrow();
    }

    private void left(String machine, String process, String start) throws IOException {
        write(file, TOKEN + " node7 " + machine + " " + process + " " + start + " 2020-01-01T00:00:00Z\n");
    }

    private static void write(Path to, String text) throws IOException {
        Files.createDirectories(to.getParent());
        Files.writeString(to, text);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.map(found -> found.getFileName().toString()).sorted().toList();
        }
    }
}
