package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.quickstart.PictureSet;
import io.github.resnetspark.message.job.PreflightNotices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark's scheduling of GPUs with our discovery script and a fake nvidia-smi. */
class GpuSlotsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCRIPT =
            Path.of("..", "deploy", "gpu", "discover-gpus.sh").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void eachTaskSeesAnAddressOfItsOwn() throws Exception {
        new PictureSet(12, 4, 1).write(folder.resolve("pictures"));
        Path shards = folder.resolve("shards");
        Console prepared = Console.run(
                "prepare", "--set", "prepare.source=" + folder.resolve("pictures"), "--set", "data.shards=" + shards);
        assertThat(prepared.code()).as(prepared.err()).isZero();

        TrainProcess process = TrainProcess.startOnCluster(
                folder.resolve("said.log"),
                folder.resolve("spark"),
                "local-cluster[1,2,1024]",
                List.of(
                        "-Dspark.worker.resource.gpu.amount=2",
                        "-Dspark.worker.resource.gpu.discoveryScript=" + SCRIPT,
                        "-Dspark.executor.resource.gpu.amount=2",
                        "-Dspark.task.resource.gpu.amount=1"),
                pathWithNvidiaSmi("printf '0\\n1\\n'"),
                Stream.of(
                                Stream.of("--dry-run", "--json"),
                                Stream.of(
                                                "data.shards=" + shards,
                                                "model.dir=" + folder.resolve("model"),
                                                "model.depth=8",
                                                "train.epochs=1",
                                                "train.batch-size-per-replica=8")
                                        .flatMap(setting -> Stream.of("--set", setting)))
                        .flatMap(arguments -> arguments)
                        .toList());

        assertThat(process.exitCode()).as(process.said()).isZero();
        String said = process.said();
        JsonNode report = JSON.readTree(said.substring(said.indexOf("{\"ready\""), said.lastIndexOf('}') + 1));
        assertThat(report.get("executors")).hasSize(1);
        assertThat(report.get("executors").get(0).get("gpuOfEachSlot"))
                .extracting(JsonNode::asText)
                .containsExactly("0", "1");
        assertThat(said).contains("2 slots × 1 core, ").contains(", GPU 0, 1").contains(PreflightNotices.unusedGpus());
    }

    private Map<String, String> pathWithNvidiaSmi(String does) throws Exception {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        Path tool = tools.resolve("nvidia-smi");
        Files.deleteIfExists(tool);
        Files.createFile(tool, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(tool, "#!/bin/sh\n" + does + "\n");
        return Map.of("PATH", tools + ":" + System.getenv("PATH"));
    }
}
