package io.github.resnetspark.job.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.message.job.RetrainFailures;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunsDirectoryTest {
    private static final String FIRST = "0123456789abcdef";
    private static final String SECOND = "123456789abcdef0";
    private static final String THIRD = "23456789abcdef01";

    @TempDir
    Path folder;

    private final Storage storage = Storage.of(new Configuration());
    private int runs;

    @Test
    void deletesTheShardsOfRunsThatAreGone() throws IOException {
        run("cats", "monday", FIRST, true);
        run("cats", "tuesday", SECOND, true);

        prune("cats", "tuesday");

        assertThat(names(folder.resolve("models/cats/runs"))).containsExactly("tuesday");
        assertThat(names(folder.resolve("shards"))).containsExactly(SECOND);
    }

    @Test
    void keepsShardsThatALaterRunReusedAndDeletesThemWithThatRun() throws IOException {
        run("cats", "monday", FIRST, true);
        assertThat(directory("cats").haveWritten(shards(FIRST))).isTrue();
        run("cats", "tuesday", FIRST, true);

        prune("cats", "tuesday");
        assertThat(names(folder.resolve("shards"))).containsExactly(FIRST);

        run("cats", "wednesday", SECOND, true);
        prune("cats", "wednesday");
        assertThat(names(folder.resolve("shards"))).containsExactly(SECOND);
    }

    @Test
    void keepsShardsThatAnotherModelsRunNeeds() throws IOException {
        run("cats", "monday", FIRST, true);
        run("dogs", "monday", FIRST, true);
        run("cats", "tuesday", SECOND, true);

        prune("cats", "tuesday");

        assertThat(names(folder.resolve("shards"))).containsExactly(FIRST, SECOND);
    }

    @Test
    void keepsShardsThatARunOfAnotherModelIsPreparing() throws IOException {
        run("cats", "monday", FIRST, true);
        RunRecord begun = directory("dogs").run("monday");
        begun.begin("monday", new TreeMap<>(), Optional.empty(), Optional.empty());
        begun.notePreparation(shards(FIRST), true);
        run("cats", "tuesday", SECOND, true);

        prune("cats", "tuesday");

        assertThat(names(folder.resolve("shards"))).containsExactly(FIRST, SECOND);
    }

    @Test
    void keepsShardsThatNoRunWrote() throws IOException {
        run("cats", "monday", FIRST, false);
        assertThat(directory("cats").haveWritten(shards(FIRST))).isFalse();
        run("cats", "tuesday", SECOND, true);

        prune("cats", "tuesday");

        assertThat(names(folder.resolve("shards"))).containsExactly(FIRST, SECOND);
    }

    @Test
    void keepsShardsThatModelsAreComparedOn() throws IOException {
        run("cats", "monday", FIRST, true);
        run("cats", "tuesday", SECOND, true);

        directory("cats").prune(1, "tuesday", place(), Optional.of(URI.create(shards(FIRST) + "/")));

        assertThat(names(folder.resolve("shards"))).containsExactly(FIRST, SECOND);
    }

    @Test
    void keepsShardsThatAnotherModelIsComparedOn() throws IOException {
        run("cats", "monday", FIRST, true);
        directory("dogs").run("monday").begin("monday", new TreeMap<>(), Optional.empty(), Optional.of(shards(FIRST)));
        run("cats", "tuesday", SECOND, true);

        prune("cats", "tuesday");

        assertThat(names(folder.resolve("shards"))).containsExactly(FIRST, SECOND);
    }

    @Test
    void deletesPartlyWrittenFilesOfAKilledRun() throws IOException {
        run("cats", "monday", FIRST, true);
        Path record = folder.resolve("models/cats/runs/monday");
        for (String name : List.of("run.json", "outcome.json", "report.md")) {
            Files.createFile(record.resolve("." + name + ".writing-killed"));
        }

        prune("cats", "monday");

        assertThat(names(record)).containsExactly("run.json");
    }

    @Test
    void deletesShardsThatARunPreparedBeforeItsSourceChanged() throws IOException {
        run("cats", "monday", FIRST, true);
        Files.createDirectories(folder.resolve("shards").resolve(SECOND));
        directory("cats").run("monday").notePreparation(shards(SECOND), true);
        run("cats", "tuesday", THIRD, true);
        assertThat(directory("cats").haveWritten(shards(FIRST))).isTrue();

        prune("cats", "tuesday");

        assertThat(names(folder.resolve("shards"))).containsExactly(THIRD);
    }

    @Test
    void recordsADirectoryOnceHoweverOftenItIsPrepared() throws IOException {
        run("cats", "monday", FIRST, false);
        directory("cats").run("monday").notePreparation(shards(FIRST), true);

        assertThat(directory("cats").run("monday").written()).containsExactly(shards(FIRST));
        assertThat(directory("cats").run("monday").needed()).containsExactly(shards(FIRST), shards(FIRST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"prepared\": [", "[]"})
    void prunesNothingIfARunOfAnyModelIsDamaged(String damaged) throws IOException {
        run("cats", "monday", FIRST, true);
        run("cats", "tuesday", SECOND, true);
        damage("dogs", "monday", damaged);

        assertThatThrownBy(() -> prune("cats", "tuesday"))
                .isInstanceOf(RunsDirectory.DamagedRunException.class)
                .hasMessage(RetrainFailures.notAJsonObject("dogs/runs/monday/run.json", 1));

        assertThat(names(folder.resolve("models/cats/runs"))).containsExactly("monday", "tuesday");
        assertThat(names(folder.resolve("shards"))).containsExactly(FIRST, SECOND);
    }

    @Test
    void prunesNothingIfAnOldRunIsDamaged() throws IOException {
        run("cats", "monday", FIRST, true);
        run("cats", "tuesday", SECOND, true);
        run("cats", "wednesday", THIRD, true);
        damage("cats", "monday", "");

        assertThatThrownBy(() -> prune("cats", "wednesday")).isInstanceOf(RunsDirectory.DamagedRunException.class);

        assertThat(names(folder.resolve("shards"))).containsExactly(FIRST, SECOND, THIRD);
    }

    @Test
    void aDamagedRunDoesNotPreventOthersFromResuming() throws IOException {
        run("cats", "monday", FIRST, true);
        damage("cats", "tuesday", "");
        damage("dogs", "monday", "");

        assertThat(directory("cats").haveWritten(shards(FIRST))).isTrue();
        assertThat(directory("cats").haveWritten(shards(SECOND))).isFalse();
        assertThat(directory("cats").unfinished(new TreeMap<>(), Instant.EPOCH)).contains("monday");
    }

    @Test
    void keepsARunWhoseShardsCannotBeDeleted() throws IOException {
        run("cats", "monday", FIRST, true);
        run("cats", "tuesday", SECOND, true);
        Configuration configuration = new Configuration();
        configuration.set("fs.guarded.impl", GuardedFileSystem.class.getName());
        RunsDirectory guarded = new RunsDirectory(
                Storage.of(configuration), new org.apache.hadoop.fs.Path("guarded:" + folder + "/models/cats"));
        RunRecord monday = guarded.run("monday");
        monday.notePreparation(URI.create("guarded:" + folder + "/shards/" + FIRST), true);

        guarded.prune(1, "tuesday", URI.create("guarded:" + folder + "/shards"), Optional.empty());

        assertThat(names(folder.resolve("models/cats/runs"))).containsExactly("monday", "tuesday");
    }

    /** A file system on which shards cannot be deleted. */
    public static final class GuardedFileSystem extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("guarded:///");
        }

        @Override
        public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
            if (path.getParent().getName().equals("shards")) {
                throw new AccessControlException("Permission denied");
            }
            return super.delete(path, recursive);
        }
    }

    @Test
    void resumesTheRunWithTheNewestSignOfLife() throws IOException {
        Instant now = Instant.parse("2026-01-31T12:00:00Z");
        Instant yesterday = now.minus(Duration.ofDays(1));
        run("cats", "monday", FIRST, true);
        run("cats", "tuesday", SECOND, true);
        Path runs = folder.resolve("models/cats/runs");
        touch(runs.resolve("monday/run.json"), now.minus(Duration.ofDays(4)));
        touch(runs.resolve("tuesday/run.json"), now.minus(Duration.ofDays(3)));
        assertThat(directory("cats").unfinished(new TreeMap<>(), yesterday)).isEmpty();

        // A training that takes days.
        touch(
                Files.createDirectories(runs.resolve("monday/model.run/checkpoints/epoch-00001-example-000000000000")),
                now.minus(Duration.ofHours(2)));
        assertThat(directory("cats").unfinished(new TreeMap<>(), yesterday)).contains("monday");

        touch(runs.resolve("tuesday/run.json"), now.minus(Duration.ofHours(1)));
        assertThat(directory("cats").unfinished(new TreeMap<>(), yesterday)).contains("tuesday");
        assertThat(directory("cats").unfinished(new TreeMap<>(Map.of("train.epochs", "3")), yesterday))
                .isEmpty();
    }

    private static void touch(Path file, Instant time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    private void damage(String model, String runId, String text) throws IOException {
        Path run = Files.createDirectories(
                folder.resolve("models").resolve(model).resolve("runs").resolve(runId));
        Files.writeString(run.resolve("run.json"), text);
    }

    private void run(String model, String runId, String shards, boolean writes) throws IOException {
        Files.createDirectories(folder.resolve("shards").resolve(shards));
        RunRecord run = directory(model).run(runId);
        run.begin(runId, new TreeMap<>(), Optional.empty(), Optional.empty());
        run.notePreparation(shards(shards), writes);
        run.noteShards(shards(shards));
        // Each run is a minute newer than the one before.
        Files.setLastModifiedTime(
                folder.resolve("models").resolve(model).resolve("runs").resolve(runId),
                FileTime.fromMillis(1_600_000_000_000L + 60_000L * runs++));
    }

    private void prune(String model, String runId) throws IOException {
        directory(model).prune(1, runId, place(), Optional.empty());
    }

    private RunsDirectory directory(String model) {
        return new RunsDirectory(storage, new org.apache.hadoop.fs.Path(folder + "/models/" + model));
    }

    private URI shards(String name) {
        return URI.create("file://" + folder + "/shards/" + name);
    }

    /** As written in a recipe. */
    private URI place() {
        return URI.create(folder + "/shards/");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
