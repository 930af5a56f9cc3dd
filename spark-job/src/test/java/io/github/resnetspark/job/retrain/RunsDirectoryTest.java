package io.github.resnetspark.job.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.shard.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsDirectoryTest {
    private static final String FIRST = "0123456789abcdef";
    private static final String SECOND = "123456789abcdef0";

    @TempDir
    Path folder;

    private final Storage storage = new Storage(new Configuration());
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
    void keepsShardsThatALaterRunFoundAndDeletesThemWithThatOne() throws IOException {
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
    void keepsShardsThatAnotherModelsRunJustBeginsToPrepare() throws IOException {
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
    void deletesWhatAKilledRunWasWriting() throws IOException {
        run("cats", "monday", FIRST, true);
        Path record = folder.resolve("models/cats/runs/monday");
        for (String name : List.of("run.json", "outcome.json", "report.md")) {
            Files.createFile(record.resolve("." + name + ".writing-killed"));
        }

        prune("cats", "monday");

        assertThat(names(record)).containsExactly("run.json");
    }

    private void run(String model, String runId, String shards, boolean writes) throws IOException {
        Files.createDirectories(folder.resolve("shards").resolve(shards));
        RunRecord run = directory(model).run(runId);
        run.begin(runId, new TreeMap<>(), Optional.empty(), Optional.empty());
        run.notePreparation(shards(shards), writes);
        run.noteShards(shards(shards));
        // Each a minute newer.
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

    /** As a recipe may write it. */
    private URI place() {
        return URI.create(folder + "/shards/");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
