package io.github.resnetspark.job.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** deploy/gpu/discover-gpus.sh on a machine with three GPUs, the first of which has two MIG slices. */
class GpuDiscoveryTest {
    private static final Path SCRIPT = ShippedSparkSettingsTest.ROOT.resolve("deploy/gpu/discover-gpus.sh");

    @TempDir
    Path folder;

    @BeforeEach
    void createAFakeNvidiaSmi() throws IOException {
        Path tool = Files.writeString(
                folder.resolve("nvidia-smi"),
                """
                #!/bin/sh
                case "$*" in
                  -L)
                    echo 'GPU 0: A100 (UUID: GPU-aaaa1111-0)'
                    echo '  MIG 1g.5gb Device 0: (UUID: MIG-77aa-1)'
                    echo '  MIG 1g.5gb Device 1: (UUID: MIG-77ab-2)' ;;
                  *) printf '0, GPU-aaaa1111-0\\n1, GPU-aaaa2222-1\\n2, GPU-bbbb3333-2\\n' ;;
                esac
                """);
        assertThat(tool.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void allGpusAreVisibleUnlessSomeAreHidden() throws Exception {
        assertThat(addresses(Optional.empty())).containsExactly("0", "1", "2");
    }

    /** CUDA ignores everything from the first invalid entry on. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|0",
                "-1|0",
                "NoDevFiles|0",
                "2|1",
                "1,2|2",
                "' 2, 0'|2",
                "3|0",
                "0,3,1|1",
                "GPU-aaaa2|1",
                "GPU-bbbb3333-2,GPU-aaaa1111-0,1|3",
                "GPU-aaaa|0",
                "GPU-cccc|0",
                "MIG-77ab-2|1",
                "MIG-77aa-1,MIG-77ab-2|1",
                "MIG-88|0",
            })
    void visibleGpusAreNumberedFromZeroLikeInCuda(String visible, int count) throws Exception {
        assertThat(addresses(Optional.of(visible)))
                .isEqualTo(IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new));
    }

    @Test
    void aDeviceIsNotCountedTwice() throws Exception {
        assertThat(run(Optional.of("1,GPU-aaaa2222-1")))
                .matches("CUDA_VISIBLE_DEVICES is 1,GPU-aaaa2222-1 on \\S+ but has a device twice\\."
                        + " Name each device once\\.\n1\n");
    }

    /** Parses the output like Spark. */
    private String[] addresses(Optional<String> visible) throws Exception {
        String said = run(visible);
        assertThat(said).endsWith("\n0\n");
        String json = said.lines().findFirst().orElseThrow();
        ResourceInformation gpus = ResourceInformation.parseJson(json);
        assertThat(gpus.name()).isEqualTo("gpu");
        return gpus.addresses();
    }

    private String run(Optional<String> visible) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString()).redirectErrorStream(true);
        builder.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
        builder.environment().remove("CUDA_VISIBLE_DEVICES");
        visible.ifPresent(value -> builder.environment().put("CUDA_VISIBLE_DEVICES", value));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said + process.waitFor() + "\n";
    }
}
