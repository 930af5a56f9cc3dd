package io.github.resnetspark.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Nesterovs;

/** A JVM without oneDNN's native library. */
class FallbackTest {

    @Test
    void trainsWithDl4jsKernelsAndWarnsOnceIfOneDnnCannotBeLoaded() throws Exception {
        String printed = runWithoutOneDnn("auto");

        assertThat(printed).contains("ComputationGraph trained: true");
        assertThat(printed.lines().filter(line -> line.contains("oneDNN cannot be loaded (")))
                .hasSize(1);
        assertThat(printed).contains("Networks run with DL4J's own kernels, which are slower.");
    }

    @Test
    void failsIfOneDnnIsRequestedButCannotBeLoaded() throws Exception {
        assertThat(runWithoutOneDnn("onednn"))
                .contains("refused: oneDNN cannot be loaded (")
                .contains("Set accel.kernels = auto to train with DL4J's own, slower kernels.");
    }

    private static String runWithoutOneDnn(String kernels) throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches("dnnl-.*-linux-.*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dorg.bytedeco.javacpp.logger=slf4j",
                        "-Dlog4j2.level=WARN",
                        "-cp",
                        classPath,
                        Trains.class.getName(),
                        kernels)
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    /** The program of that JVM: it trains two small networks. */
    static final class Trains {
        private Trains() {}

        public static void main(String[] args) {
            Acceleration kernels = args[0].equals("auto") ? Acceleration.AUTO : Acceleration.ONEDNN;
            try {
                train(kernels);
                train(kernels);
            } catch (IllegalStateException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }

        private static void train(Acceleration kernels) {
            ResNetSpec spec = ResNetSpec.cifar(8, Shortcut.A, Networks.CLASSES);
            ComputationGraph network = ResNet.create(
                    spec,
                    new ResNet.LearningRule(new Nesterovs(0.01, 0.9), 0),
                    1,
                    DataType.FLOAT,
                    new AccelSettings(kernels, Precision.F32));
            INDArray before = network.params().dup();
            network.fit(new INDArray[] {Networks.pictures(2, 32)}, new INDArray[] {Networks.labels(2)});
            System.out.println(network.getClass().getSimpleName() + " trained: " + !before.equals(network.params()));
        }
    }
}
