package io.github.resnetspark.job.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.file.AsideName;
import io.github.resnetspark.job.registry.LocalCopy.Change;
import io.github.resnetspark.job.registry.LocalCopy.Fetched;
import io.github.resnetspark.message.job.RegistryFailures;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCopyTest {
    private static final List<String> CLASSES = List.of("cat", "dog");

    @TempDir
    Path folder;

    private Registry registry;
    private Path served;
    private LocalCopy copy;

    @BeforeEach
    void promoteAModel() throws IOException {
        registry = new Registry(folder.toUri(), "pets", new Configuration());
        served = folder.resolve("served/here");
        copy = new LocalCopy(served, new Configuration());
        promote(0);
    }

    @Test
    void copiesTheCurrentVersionAndThenDoesNothing() throws IOException {
        Fetched first = follow();
        Fetched second = follow();

        assertThat(first.change()).isEqualTo(Change.SWITCHED);
        assertThat(first.version()).isEqualTo("1");
        assertThat(first.before()).isEmpty();
        assertThat(first.model().getFileName().toString()).matches("1-[0-9a-f]{8}");
        assertThat(served.resolve("current").toRealPath())
                .isEqualTo(first.model().toRealPath());
        assertThat(Bundle.open(served.resolve("current")).labels()).isEqualTo(CLASSES);
        assertThat(second.change()).isEqualTo(Change.NONE);
        assertThat(second.before()).contains(first.model().getFileName().toString());
        assertThat(names()).containsExactly(".lock", first.model().getFileName().toString(), "current");
    }

    @Test
    void followsPromotionsAndRollbacksAndKeepsTheCopyBefore() throws IOException {
        Path one = follow().model();
        promote(1);
        Fetched two = follow();
        promote(2);
        Fetched three = follow();

        assertThat(two.deleted()).isEmpty();
        assertThat(two.before()).contains(one.getFileName().toString());
        assertThat(three.deleted()).containsExactly(one.getFileName().toString());
        assertThat(two.model()).exists();
        registry.rollback(Optional.empty());
        Fetched back = follow();
        assertThat(back.model()).isEqualTo(two.model());
        assertThat(back.change()).isEqualTo(Change.SWITCHED);
        assertThat(three.model()).exists();
        assertThat(follow().deleted()).isEmpty();
    }

    @Test
    void aModelThatTakesTheNumberOfAnotherIsAnotherCopy() throws IOException {
        Path one = follow().model();
        registry = new Registry(folder.toUri(), "birds", new Configuration());
        promote(5);

        Fetched other = follow();

        assertThat(other.version()).isEqualTo("1");
        assertThat(other.change()).isEqualTo(Change.SWITCHED);
        assertThat(other.model()).isNotEqualTo(one);
    }

    @Test
    void removesWhatKilledCallsLeftBehindAndNothingElse() throws IOException {
        Files.createDirectories(served);
        Path half = Files.createDirectory(served.resolve(AsideName.of("1-01234567")));
        Files.write(half.resolve("model.dl4j.zip"), new byte[1000]);
        Files.createSymbolicLink(served.resolve(AsideName.of("current")), Path.of("1-01234567"));
        Files.createDirectory(served.resolve(AsideName.of("notes")));
        Files.writeString(served.resolve("notes.txt"), "mine");
        Files.createDirectory(served.resolve("1-backup"));

        follow();
        promote(1);
        follow();
        promote(2);
        follow();

        assertThat(names())
                .hasSize(7)
                .contains("notes.txt", "1-backup", "current", ".lock")
                .filteredOn(name -> name.contains(".writing-"))
                .singleElement()
                .asString()
                .startsWith(".notes");
    }

    @Test
    void copiesADamagedCopyAgain() throws IOException {
        Path model = follow().model();
        byte[] weights = Files.readAllBytes(model.resolve("model.dl4j.zip"));
        Files.write(model.resolve("model.dl4j.zip"), new byte[10]);

        assertThat(follow().change()).isEqualTo(Change.REPAIRED);
        assertThat(model.resolve("model.dl4j.zip")).hasBinaryContent(weights);
        assertThat(follow().change()).isEqualTo(Change.NONE);
        Files.delete(model.resolve("SHA256SUMS"));
        assertThat(follow().change()).isEqualTo(Change.REPAIRED);
        assertThat(names()).hasSize(3);
    }

    @Test
    void refusesADamagedVersionAndLeavesTheLinkAsItIs() throws IOException {
        Path one = follow().model();
        promote(1);
        Path weights = folder.resolve("pets/2/model.dl4j.zip");
        Files.write(weights, new byte[10]);

        assertThatThrownBy(this::follow)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("pets/2 is damaged (")
                .hasCauseInstanceOf(BundleException.class);
        Files.delete(folder.resolve("pets/2/SHA256SUMS"));
        assertThatThrownBy(this::follow)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("pets/2 is damaged (");
        assertThat(served.resolve("current").toRealPath()).isEqualTo(one.toRealPath());
        assertThat(names()).hasSize(3);
    }

    @Test
    void twoCallsAtOnceDoNotDisturbEachOther() throws IOException {
        follow();
        promote(1);
        try (FileChannel channel = FileChannel.open(served.resolve(".lock"), StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(this::follow)
                    .isInstanceOf(RegistryException.class)
                    .hasMessage(RegistryFailures.fetching(served.toString()));
        }
        assertThat(follow().version()).isEqualTo("2");
    }

    @Test
    void refusesADirectoryInsteadOfTheLink() throws IOException {
        Files.createDirectories(served.resolve("current"));

        assertThatThrownBy(this::follow)
                .isInstanceOf(RegistryException.class)
                .hasMessage(RegistryFailures.notALink(served.resolve("current").toString()));
    }

    @Test
    void hasNothingToCopyBeforeTheFirstPromotion() throws IOException {
        registry = new Registry(folder.toUri(), "nothing", new Configuration());

        assertThat(copy.follow(registry, 1)).isEmpty();
    }

    /** A reader opens the link again and again while versions come and go. It finds a whole model each time. */
    @Test
    void aReaderNeverFindsHalfAModel() throws Exception {
        follow();
        promote(1);
        promote(2);
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> reads = thread.submit(() -> {
                int count = 0;
                while (!ended.get()) {
                    assertThat(Bundle.open(served.resolve("current").toRealPath())
                                    .labels())
                            .isEqualTo(CLASSES);
                    count++;
                }
                return count;
            });
            SplittableRandom random = new SplittableRandom(7);
            for (int i = 0; i < 30; i++) {
                registry.rollback(Optional.of(Integer.toString(1 + random.nextInt(3))));
                copy.follow(registry, 2);
            }
            ended.set(true);
            assertThat(reads.get()).isPositive();
        } finally {
            ended.set(true);
            thread.shutdown();
        }
    }

    private Fetched follow() throws IOException {
        return copy.follow(registry, 1).orElseThrow();
    }

    private void promote(int seed) throws IOException {
        Path model = folder.resolve("model-" + seed + "-cat-dog");
        registry.promote(Files.exists(model) ? model : SmallModels.write(folder, seed, CLASSES), registry.current());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(served)) {
            return new ArrayList<>(
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }
}
