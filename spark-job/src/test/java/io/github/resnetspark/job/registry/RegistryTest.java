package io.github.resnetspark.job.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.message.job.RegistryFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
    private static final List<String> CLASSES = List.of("cat", "dog");
    private static final int MODELS = 5;

    @TempDir
    static Path shared;

    private static final List<Path> MODEL = new ArrayList<>();

    @TempDir
    Path folder;

    private Registry registry;
    private Path home;

    @BeforeAll
    static void writeModels() throws IOException {
        for (int seed = 0; seed < MODELS; seed++) {
            MODEL.add(SmallModels.write(shared, seed, CLASSES));
        }
    }

    @BeforeEach
    void open() {
        registry = new Registry(folder.resolve("models").toUri(), "pets", new Configuration());
        home = folder.resolve("models/pets");
    }

    @Test
    void numbersEveryPromotedModelAndNamesTheLastOne() throws IOException {
        assertThat(registry.current()).isEmpty();
        assertThat(registry.versions()).isEmpty();

        assertThat(registry.promote(MODEL.get(0), Optional.empty())).isEqualTo("1");
        assertThat(registry.promote(MODEL.get(1), Optional.of("1"))).isEqualTo("2");

        assertThat(home.resolve("CURRENT")).hasContent("2\n1\n");
        assertThat(registry.current()).contains("2");
        assertThat(registry.predecessor()).contains("1");
        assertThat(names(home)).containsExactly("1", "2", "CURRENT");
        for (int version = 1; version <= 2; version++) {
            Path model = MODEL.get(version - 1);
            assertThat(names(home.resolve(Integer.toString(version)))).isEqualTo(names(model));
            assertThat(Bundle.open(home.resolve(Integer.toString(version))).metricsJson())
                    .isEqualTo(Bundle.open(model).metricsJson());
        }
    }

    @Test
    void copiesAModelOnceHoweverOftenItIsPromoted() throws IOException {
        promote(0, 1);

        assertThat(registry.promote(MODEL.get(0), Optional.of("2"))).isEqualTo("1");

        assertThat(registry.versions()).containsExactly("1", "2");
        assertThat(registry.current()).contains("1");
        assertThat(registry.predecessor()).contains("2");
    }

    @Test
    void refusesToPromoteAVersionThatWasDamagedMeanwhile() throws IOException {
        promote(0, 1);
        Files.writeString(home.resolve("1/metrics.json"), "{}");

        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> registry.promote(MODEL.get(0), Optional.of("2")))
                .withMessageContaining("metrics.json does not match its checksum");
        assertThat(home.resolve("CURRENT")).hasContent("2\n1\n");
    }

    @Test
    void refusesAModelThatWasComparedWithAnOldVersion() throws IOException {
        promote(0, 1);

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> registry.promote(MODEL.get(2), Optional.of("1")))
                .withMessage(RegistryFailures.promotedMeanwhile("file:" + home, "2", "1"));
        assertThat(names(home)).containsExactly("1", "2", "CURRENT");
    }

    @Test
    void rollsBackOneVersionAtATime() throws IOException {
        promote(0, 1, 2);

        assertThat(registry.rollback(Optional.empty())).contains("2");
        assertThat(registry.rollback(Optional.empty())).contains("1");
        assertThat(registry.rollback(Optional.empty())).isEmpty();

        assertThat(registry.current()).contains("1");
        assertThat(registry.versions()).containsExactly("1", "2", "3");
        // The next version gets a number that was never used.
        assertThat(registry.promote(MODEL.get(3), Optional.of("1"))).isEqualTo("4");
        assertThat(registry.predecessor()).contains("1");
    }

    @Test
    void rollsBackToAnyExistingVersion() throws IOException {
        promote(0, 1, 2);

        assertThat(registry.rollback(Optional.of("1"))).contains("1");
        assertThat(home.resolve("CURRENT")).hasContent("1\n");
        assertThat(registry.rollback(Optional.of("3"))).contains("3");
        assertThat(home.resolve("CURRENT")).hasContent("3\n1\n");
        assertThat(registry.rollback(Optional.of("3"))).isEmpty();
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> registry.rollback(Optional.of("9")))
                .withMessage(RegistryFailures.noSuchVersion("file:" + home, "9", List.of("1", "2", "3")));
        assertThatThrownBy(() -> registry.rollback(Optional.of("../pets/1"))).isInstanceOf(RegistryException.class);
    }

    @Test
    void refusesToRollBackToADamagedVersion() throws IOException {
        promote(0, 1);
        Path weights = home.resolve("1/model.dl4j.zip");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 1;
        Files.write(weights, bytes);

        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> registry.rollback(Optional.empty()))
                .withMessageContaining("model.dl4j.zip does not match its checksum");
        assertThat(home.resolve("CURRENT")).hasContent("2\n1\n");
    }

    @Test
    void skipsDeletedVersionsWhenItRollsBack() throws IOException {
        promote(0, 1, 2);
        try (TemporaryDirectory deleted = new TemporaryDirectory(home.resolve("2"))) {
            assertThat(deleted.path()).exists();
        }

        assertThat(registry.predecessor()).contains("1");
        assertThat(registry.rollback(Optional.empty())).contains("1");
    }

    @Test
    void deletesOldVersionsButNeverTheCurrentOneNorItsPredecessor() throws IOException {
        promote(0, 1, 2, 3, 4);
        registry.rollback(Optional.of("2"));
        Files.createDirectories(home.resolve(".9.writing-killed"));
        Files.createDirectories(home.resolve(".1.deleted-killed"));
        Files.createFile(home.resolve(".CURRENT.writing-killed"));
        for (String lock : List.of("._lock", "._retrain-lock", "._lock-after-another")) {
            Path left = Files.createFile(home.resolve(lock + ".writing-killed"));
            Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        }
        // The lock file of a process that is just taking the lock.
        Files.createFile(home.resolve("._retrain-lock.writing-now"));

        assertThat(registry.prune(1)).containsExactly("3", "4");

        assertThat(names(home)).containsExactly("._retrain-lock.writing-now", "1", "2", "5", "CURRENT");
        assertThat(registry.prune(1)).isEmpty();
        assertThat(registry.current()).contains("2");
        assertThat(registry.rollback(Optional.empty())).contains("1");
    }

    @Test
    void ofConcurrentPromotionsOneWinsAndTheOthersFail() throws Exception {
        CyclicBarrier start = new CyclicBarrier(MODELS);
        ExecutorService threads = Executors.newFixedThreadPool(MODELS);
        List<Future<Throwable>> promotions = new ArrayList<>();
        try {
            for (Path model : MODEL) {
                promotions.add(threads.submit((Callable<Throwable>) () -> {
                    start.await();
                    return catchThrowable(() -> registry.promote(model, Optional.empty()));
                }));
            }
            int won = 0;
            for (Future<Throwable> promotion : promotions) {
                if (promotion.get() == null) {
                    won++;
                } else {
                    assertThat(promotion.get())
                            .isInstanceOf(RegistryException.class)
                            .hasMessageMatching(
                                    "(Another model was promoted meanwhile: .*"
                                            + "|Another run is changing file:.* \\(process .*\\)\\. Wait until that run ends, and try again\\.)");
                }
            }
            assertThat(won).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
        assertThat(names(home)).containsExactly("1", "CURRENT");
        assertThat(home.resolve("CURRENT")).hasContent("1\n");
    }

    @Test
    void aReaderNeverSeesAMissingFileOrHalfAVersion() throws Exception {
        promote(0, 1);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> reader = threads.submit(() -> {
                int reads = 0;
                while (!done.get()) {
                    String version = registry.current().orElseThrow();
                    try {
                        // Verifies all checksums.
                        assertThat(Bundle.open(home.resolve(version)).labels()).isEqualTo(CLASSES);
                    } catch (IOException e) {
                        // Two promotions later the version may be deleted, but then completely.
                        assertThat(registry.store().holds(version))
                                .as(e.toString())
                                .isFalse();
                    }
                    reads++;
                }
                return reads;
            });
            for (int round = 0; round < 30; round++) {
                registry.promote(MODEL.get(round % MODELS), registry.current());
                registry.prune(1);
            }
            done.set(true);
            assertThat(reader.get()).isPositive();
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void readsTheCurrentVersionByTheNameOfTheFile() throws IOException {
        promote(0, 1);
        ModelDirectory current = new ModelDirectory(home.resolve("CURRENT").toUri(), new Configuration());

        assertThat(current.local(folder.resolve("scratch"))).isEqualTo(home.resolve("2"));
        registry.rollback(Optional.empty());
        assertThat(current.local(folder.resolve("scratch"))).isEqualTo(home.resolve("1"));
    }

    @Test
    void refusesACurrentFileThatNamesNoVersion() throws IOException {
        promote(0);
        Files.writeString(home.resolve("CURRENT"), "../../elsewhere\n");

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> registry.current())
                .withMessage(RegistryFailures.notAVersionNumber("file:" + home + "/CURRENT", "../../elsewhere"));
    }

    @Test
    void summarisesItsVersions() throws IOException {
        promote(0, 1, 2);
        registry.rollback(Optional.empty());

        List<VersionSummary> versions = VersionSummary.of(registry);

        assertThat(versions).extracting(VersionSummary::version).containsExactly("3", "2", "1");
        assertThat(versions)
                .extracting(VersionSummary::state)
                .containsExactly(
                        VersionSummary.State.KEPT, VersionSummary.State.CURRENT, VersionSummary.State.PREVIOUS);
        assertThat(versions).extracting(VersionSummary::top1).containsExactly(0.52, 0.51, 0.50);
        assertThat(versions.get(0).network()).isEqualTo("CIFAR ResNet-8 (A)");
        assertThat(versions.get(0).bytes()).isGreaterThan(100_000);
    }

    private void promote(int... models) throws IOException {
        for (int model : models) {
            registry.promote(MODEL.get(model), registry.current());
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
