package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.job.registry.SmallModels;
import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.message.job.CommandNotices;
import io.github.resnetspark.message.job.RegistryFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryCommandsTest {
    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void fill() throws IOException {
        home = folder.resolve("pets");
        Registry registry = new Registry(folder.toUri(), "pets", new Configuration());
        for (int seed = 0; seed < 3; seed++) {
            registry.promote(SmallModels.write(folder, seed, List.of("cat", "dog")), registry.current());
        }
    }

    @Test
    void listsTheVersionsInATable() {
        Console console = run("list");

        assertThat(console.err()).isEmpty();
        assertThat(console.code()).isZero();
        List<String> lines = console.out().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).matches("version +written +top-1 +pictures +MB  network");
        assertThat(lines.get(1)).matches("3 +current +\\S+Z +52\\.00 % +40 +\\d\\.\\d  CIFAR ResNet-8 \\(A\\)");
        assertThat(lines.get(2)).matches("2 +previous +\\S+Z +51\\.00 % +40 +\\d\\.\\d  CIFAR ResNet-8 \\(A\\)");
        assertThat(lines.get(3)).matches("1 +\\S+Z +50\\.00 % +40 +\\d\\.\\d  CIFAR ResNet-8 \\(A\\)");
    }

    @Test
    void rollsBackAndReportsIt() throws IOException {
        Path result = folder.resolve("result.json");

        Console console = run("rollback", "--result", result.toString());

        assertThat(console.code()).isZero();
        assertThat(console.out()).isEqualTo(CommandNotices.rolledBack(home.toString(), "2", "3") + "\n");
        JsonNode written = new ObjectMapper().readTree(Files.readString(result));
        assertThat(written.path("report").toString()).isEqualTo("{\"current\":\"2\",\"before\":\"3\"}");
        assertThat(run("rollback", "--json").out()).isEqualTo("{\"current\":\"1\",\"before\":\"2\"}\n");
        Console nowhere = run("rollback");
        assertThat(nowhere.code()).isEqualTo(3);
        assertThat(nowhere.out()).isEqualTo(CommandNotices.noOtherVersion(home.toString(), "1") + "\n");
        Console missing = run("rollback", "--to", "12");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err())
                .isEqualTo(RegistryFailures.noSuchVersion(home.toString(), "12", List.of("1", "2", "3")) + "\n");
    }

    @Test
    void prunesOldVersions() {
        Console console = run("prune", "--keep", "1");

        assertThat(console.code()).isZero();
        assertThat(console.out()).isEqualTo(CommandNotices.deleted(home.toString(), List.of("1")) + "\n");
        assertThat(home.resolve("1")).doesNotExist();
        assertThat(run("prune", "--keep", "1", "--json").code()).isEqualTo(3);
        Console refused = run("prune", "--keep", "0");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualTo("--set prune.keep: keep is 0 but must be at least 1."
                        + " Set it to the number of newest versions to keep, e.g. 5.\n");
    }

    @Test
    void fetchesTheCurrentVersionOnce() throws IOException {
        Path to = folder.resolve("served");

        Console first = run("fetch", "--to", to.toString(), "--json");
        Console second = run("fetch", "--to", "file:" + to);

        assertThat(first.err()).isEmpty();
        assertThat(first.code()).isZero();
        JsonNode json = new ObjectMapper().readTree(first.out());
        assertThat(json.path("version").asText()).isEqualTo("3");
        assertThat(json.path("before").isNull()).isTrue();
        assertThat(Path.of(json.path("model").asText()).toRealPath())
                .isEqualTo(to.resolve("current").toRealPath());
        assertThat(second.code()).isEqualTo(3);
        assertThat(second.out()).isEqualTo(CommandNotices.alreadyFetched(to + "/current", "3") + "\n");
        run("rollback");
        Console third = run("fetch", "--to", to.toString());
        assertThat(third.code()).isZero();
        assertThat(third.out()).matches(to + "/current now names 2-[0-9a-f]{8}, which is version 2\\.\n");
        Console refused = run("fetch", "--to", "hdfs://namenode:8020/served");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualTo(CommandFailures.notALocalDirectory("--to", "hdfs://namenode:8020/served") + "\n");
        assertThat(run("fetch", "--to", to.toString(), "--keep", "0").err())
                .isEqualTo(CommandFailures.keepsTooFew(0) + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "rollback", "prune"})
    void refusesAMissingModelAndCreatesNoFolderForIt(String command) {
        Console console = Console.run(command, "--registry", folder.toString(), "--name", "birds");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err()).isEqualTo(RegistryFailures.noModels(folder + "/birds") + "\n");
        assertThat(folder.resolve("birds")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "rollback", "prune", "promote", "retrain", "fetch"})
    void hasHelp(String command) {
        Console console = Console.run(command, "--help");

        assertThat(console.code()).isZero();
        assertThat(console.out())
                .contains("Usage: resnet-spark " + command, "--conf=FILE", "--json", "--result=URI", "Examples:");
    }

    @Test
    void requiresTheRegistryAndTheName() {
        Console console = Console.run("list");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err().lines())
                .containsExactlyInAnyOrder(
                        "command line: registry.dir is not set. Add --set registry.dir=URI with the folder of all models,"
                                + " e.g. hdfs://namenode:8020/models.",
                        "command line: registry.name is not set. Add --set registry.name=NAME with the model's name,"
                                + " e.g. flowers.");
    }

    private Console run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "--registry", folder.toString(), "--name", "pets"));
        arguments.addAll(List.of(more));
        return Console.run(arguments.toArray(String[]::new));
    }
}
