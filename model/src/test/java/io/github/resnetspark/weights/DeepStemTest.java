package io.github.resnetspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.LayerTable;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.ResNetSpec.Initialization;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Stem;
import io.github.resnetspark.network.Variant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * timm's resnet18d, resnet26d and resnet50d: averaging shortcuts and a deep stem. Weights follow from their timm names by a formula; the
 * expected log-probabilities were computed from the same formula in NumPy, in double precision.
 */
class DeepStemTest {
    private static final double[] RESNET18D = {
        -2.087267, -2.272383, -2.356231, -2.452964, -2.455939, -2.373069, -2.325534, -2.222131, -2.226751, -2.311336
    };
    private static final double[] RESNET26D = {
        -0.513334, -3.245276, -3.122131, -3.266594, -3.404018, -3.144424, -3.024790, -2.985234, -3.076020, -2.834009
    };

    /** timm's own counts. */
    @ParameterizedTest
    @CsvSource({"18, BASIC, 11708744", "50, BOTTLENECK, 25576264", "101, BOTTLENECK, 44568392"})
    void networksHaveTheParametersOfTimm(int depth, Block block, long parameters) {
        assertThat(LayerTable.of(spec(depth, block, 1000, 224)).parameters()).isEqualTo(parameters);
        assertThat(spec(depth, block, 1000, 224).displayName()).isEqualTo("ResNet-" + depth + " d");
    }

    @ParameterizedTest
    @CsvSource({"BASIC", "BOTTLENECK"})
    void networksLoadByTimmsNamesAndAnswerAsTheReference(Block block) throws Exception {
        ResNetSpec spec = spec(18, block, 10, 64);
        ComputationGraph network = TorchWeights.network(spec, weights(spec));
        float[] picture = new float[3 * 64 * 64];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (float) Math.sin(0.37 * i);
        }
        INDArray answer = network.outputSingle(Nd4j.create(picture, 1, 3, 64, 64));

        double[] expected = block == Block.BASIC ? RESNET18D : RESNET26D;
        for (int label = 0; label < expected.length; label++) {
            assertThat(Math.log(answer.getDouble(0, label))).isCloseTo(expected[label], within(2e-4));
        }
    }

    /** The names and shapes are those that the network itself writes; {@code conv1.6.weight} and so on are timm's. */
    private static Map<String, Tensor> weights(ResNetSpec spec) throws Exception {
        Path file = Files.createTempFile("names", ".safetensors");
        try {
            TorchWeights.write(file, spec, ResNet.create(spec, 1));
            Map<String, Tensor> weights = new HashMap<>();
            SafetensorsFile.read(file).forEach((name, tensor) -> weights.put(name, byFormula(name, tensor.shape())));
            assertThat(weights)
                    .containsKeys(
                            "conv1.0.weight",
                            "conv1.1.running_mean",
                            "conv1.3.weight",
                            "conv1.4.bias",
                            "conv1.6.weight",
                            "bn1.weight",
                            "layer2.0.downsample.1.weight");
            return weights;
        } finally {
            Files.delete(file);
        }
    }

    private static Tensor byFormula(String name, int... shape) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.US_ASCII));
        double phase = crc.getValue() % 1000;
        int length = 1;
        for (int size : shape) {
            length *= size;
        }
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            double wave = Math.sin(phase + 0.7 * i + 0.013 * (i % 97) * (i % 89));
            values[i] = (float) scaled(name, wave, length, shape);
        }
        return new Tensor(shape, values);
    }

    private static double scaled(String name, double wave, int length, int... shape) {
        if (shape.length == 4) {
            return wave * Math.sqrt(2.0 * shape[0] / length);
        }
        if (shape.length == 2) {
            return wave * 0.02;
        }
        if (name.endsWith("running_var")) {
            return 1 + 0.5 * Math.abs(wave);
        }
        return name.endsWith("weight") ? 1 + 0.2 * wave : 0.1 * wave;
    }

    @Test
    void otherFamiliesHaveNoDeepStem() {
        assertThatThrownBy(() -> new ResNetSpec(
                        Family.CIFAR,
                        20,
                        Block.BASIC,
                        Variant.V1,
                        Shortcut.A,
                        true,
                        false,
                        10,
                        32,
                        Initialization.HE_FAN_IN,
                        Stem.DEEP))
                .hasMessageContaining("Set stem = standard");
    }

    private static ResNetSpec spec(int depth, Block block, int classes, int input) {
        return new ResNetSpec(
                Family.IMAGENET,
                depth,
                block,
                Variant.D,
                Shortcut.B,
                true,
                false,
                classes,
                input,
                Initialization.HE_FAN_IN,
                Stem.DEEP);
    }
}
