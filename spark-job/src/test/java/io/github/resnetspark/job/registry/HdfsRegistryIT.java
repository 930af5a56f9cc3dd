package io.github.resnetspark.job.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.job.LocalHdfs;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.StorageLock;
import io.github.resnetspark.storage.StorageLock.LockedException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry and its lock on a real HDFS. */
class HdfsRegistryIT {
    private static final int THREADS = 4;

    @TempDir
    static Path folder;

    private static LocalHdfs cluster;
    private static FileSystem hdfs;

    @BeforeAll
    static void startHdfs() throws IOException {
        cluster = LocalHdfs.open(folder);
        hdfs = cluster.files();
    }

    @AfterAll
    static void stopHdfs() {
        cluster.close();
    }

    @Test
    void aLocalCopyFollowsTheRegistry() throws IOException {
        Registry registry = new Registry(URI.create(hdfs.getUri() + "/followed"), "pets", hdfs.getConf());
        LocalCopy copy = new LocalCopy(folder.resolve("followed"), hdfs.getConf());
        Path link = folder.resolve("followed").resolve(LocalCopy.LINK);
        for (int seed = 10; seed < 12; seed++) {
            Path model = SmallModels.write(folder, seed, List.of("cat", "dog"));
            registry.promote(model, registry.current());
            assertThat(copy.follow(registry, 1).orElseThrow().change()).isEqualTo(LocalCopy.Change.SWITCHED);
            assertThat(link.resolve("model.dl4j.zip")).hasSameBinaryContentAs(model.resolve("model.dl4j.zip"));
        }
        registry.rollback(Optional.empty());
        assertThat(copy.follow(registry, 1).orElseThrow().version()).isEqualTo("1");
        assertThat(copy.follow(registry, 1).orElseThrow().change()).isEqualTo(LocalCopy.Change.NONE);
    }

    @Test
    void ofConcurrentPromotionsOneWinsAndItsModelIsComplete() throws Exception {
        Registry registry = new Registry(URI.create(hdfs.getUri() + "/models"), "pets", hdfs.getConf());
        List<Path> models = new ArrayList<>();
        for (int seed = 0; seed < THREADS; seed++) {
            models.add(SmallModels.write(folder, seed, List.of("cat", "dog")));
        }

        List<Throwable> refused = atOnce(model -> registry.promote(models.get(model), Optional.empty()));

        assertThat(refused).hasSize(THREADS - 1).hasOnlyElementsOfType(RegistryException.class);
        assertThat(registry.versions()).containsExactly("1");
        registry.promote(models.get(0), Optional.of("1"));
        registry.promote(models.get(1), registry.current());
        URI current = URI.create(registry.home() + "/CURRENT");
        Path copy = new ModelDirectory(current, hdfs.getConf()).local(folder.resolve("copy"));
        assertThat(Bundle.open(copy).metricsJson())
                .isEqualTo(Bundle.open(models.get(1)).metricsJson());
        registry.rollback(Optional.empty());
        registry.prune(1);
        assertThat(names("/models/pets")).contains("CURRENT").noneMatch(name -> name.startsWith("."));
        assertThat(registry.versions()).contains(registry.current().orElseThrow());
    }

    @Test
    void aLockHasOneOwnerAndAStaleOneIsTakenOverOnce() throws Exception {
        Storage storage = Storage.of(hdfs.getConf());
        org.apache.hadoop.fs.Path lock = path("/locks/_lock");
        try (OutputStream left = hdfs.create(lock)) {
            left.write("6b0f9a52-8d0e-4d9c-9d4b-0d5a3e1f2c70 node7 elsewhere/1 12 345 2020-01-01T00:00:00Z\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        List<StorageLock> taken = new ArrayList<>();

        List<Throwable> refused = atOnce(thread -> {
            StorageLock mine = StorageLock.take(storage, lock, Duration.ofMillis(300));
            synchronized (taken) {
                taken.add(mine);
            }
        });

        assertThat(refused).hasSize(THREADS - 1).hasOnlyElementsOfType(LockedException.class);
        try (StorageLock held = taken.get(0)) {
            held.requireHeld();
            // Long enough that the owner touches the lock a few times.
            Thread.sleep(1000);
            held.requireHeld();
            assertThatThrownBy(() -> StorageLock.take(storage, lock)).isInstanceOf(LockedException.class);
        }
        assertThat(names("/locks")).isEmpty();
    }

    /** The work of one of several threads. */
    private interface Step {
        void run(int thread) throws IOException;
    }

    private static List<Throwable> atOnce(Step step) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Throwable>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                running.add(threads.submit((Callable<Throwable>) () -> {
                    start.await();
                    return catchThrowable(() -> step.run(number));
                }));
            }
            List<Throwable> thrown = new ArrayList<>();
            for (Future<Throwable> future : running) {
                if (future.get() != null) {
                    thrown.add(future.get());
                }
            }
            return thrown;
        } finally {
            threads.shutdown();
        }
    }

    private static List<String> names(String directory) throws IOException {
        return Arrays.stream(hdfs.listStatus(path(directory)))
                .map(status -> status.getPath().getName())
                .toList();
    }

    private static org.apache.hadoop.fs.Path path(String text) {
        return new org.apache.hadoop.fs.Path(hdfs.getUri() + text);
    }
}
