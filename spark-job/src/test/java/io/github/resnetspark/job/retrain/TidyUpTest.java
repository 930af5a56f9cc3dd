package io.github.resnetspark.job.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.job.registry.SmallModels;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TidyUpTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void promoteThree() throws IOException {
        home = folder.resolve("models/pets");
        Registry registry = new Registry(folder.resolve("models").toUri(), "pets", new Configuration());
        for (int seed = 0; seed < 3; seed++) {
            registry.promote(SmallModels.write(folder, seed, List.of("cat", "dog")), registry.current());
        }
    }

    @Test
    void deletesOldVersionsAndTheModelOfTheRunAndRecordsThem() throws IOException {
        ObjectNode outcome = tidyUp("file");

        assertThat(outcome.path("pruned").toString()).isEqualTo("[\"1\"]");
        assertThat(JSON.readTree(Files.readString(home.resolve("runs/monday/outcome.json"))))
                .isEqualTo(outcome);
        assertThat(home.resolve("1")).doesNotExist();
        assertThat(home.resolve("runs/monday/model")).doesNotExist();
    }

    @Test
    void keepsThePromotionIfNothingCanBeDeleted() throws IOException {
        ObjectNode outcome = tidyUp("undeletable");

        assertThat(outcome.toString()).isEqualTo("{\"promoted\":true,\"pruned\":[]}");
        assertThat(JSON.readTree(Files.readString(home.resolve("runs/monday/outcome.json"))))
                .isEqualTo(outcome);
        assertThat(home.resolve("CURRENT")).hasContent("3\n2\n1\n");
    }

    /** Tidies up after the run that produced version 3. */
    private ObjectNode tidyUp(String scheme) throws IOException {
        Configuration configuration = new Configuration();
        configuration.set("fs.undeletable.impl", UndeletableFileSystem.class.getName());
        Storage storage = Storage.of(configuration);
        Recipe recipe = Recipe.load(
                Optional.empty(),
                List.of(
                        "registry.dir=" + scheme + ":" + folder.resolve("models"),
                        "registry.name=pets",
                        "data.shards=" + scheme + ":" + folder.resolve("shards"),
                        "prune.keep=1"));
        Registry registry = Registry.of(recipe.delivery().registry(), configuration);
        RunsDirectory runs = new RunsDirectory(storage, registry.home());
        RunRecord run = runs.run("monday");
        run.begin("monday", new TreeMap<>(), Optional.empty(), Optional.empty());
        Files.createDirectories(home.resolve("runs/monday/model"));
        ObjectNode outcome = JSON.createObjectNode().put("promoted", true);
        outcome.putArray("pruned");
        run.end(outcome, "# Promoted\n");

        new TidyUp(storage, registry, runs, recipe).after("monday", run, outcome);
        return outcome;
    }

    /** A file system on which directories cannot be deleted. */
    public static final class UndeletableFileSystem extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("undeletable:///");
        }

        @Override
        public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
            if (exists(path) && getFileStatus(path).isDirectory()) {
                throw new AccessControlException("Permission denied");
            }
            return super.delete(path, recursive);
        }
    }
}
