package io.github.resnetspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resnetspark.message.model.FileReasons;
import io.github.resnetspark.message.model.WeightsFailures;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.EveryNetwork;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class TorchWeightsTest {
    private static final ResNetSpec SMALLEST = ResNetSpec.cifar(8, Shortcut.B, 10);

    @TempDir
    private Path folder;

    @Test
    void assignsEveryWeightToItsLayer() throws WeightsFormatException {
        Map<String, Tensor> weights = smallest();
        ComputationGraph network = TorchWeights.network(SMALLEST, weights);

        assertSameInRowMajorOrder(network, "stem-conv", "W", weights.get("conv1.weight"));
        assertSameInRowMajorOrder(network, "stage2-block1-conv2", "W", weights.get("layer2.0.conv2.weight"));
        assertSameInRowMajorOrder(network, "stage2-block1-bn2", "gamma", weights.get("layer2.0.bn2.weight"));
        assertSameInRowMajorOrder(network, "stage2-block1-bn2", "beta", weights.get("layer2.0.bn2.bias"));
        assertSameInRowMajorOrder(network, "stage2-block1-bn2", "mean", weights.get("layer2.0.bn2.running_mean"));
        assertSameInRowMajorOrder(network, "stage2-block1-bn2", "var", weights.get("layer2.0.bn2.running_var"));
        assertSameInRowMajorOrder(
                network, "stage3-block1-shortcut-conv", "W", weights.get("layer3.0.shortcut.0.weight"));
        assertSameInRowMajorOrder(
                network, "stage3-block1-shortcut-bn", "var", weights.get("layer3.0.shortcut.1.running_var"));
        assertSameInRowMajorOrder(network, "fc", "b", weights.get("linear.bias"));
        INDArray head = network.getLayer("fc").getParam("W");
        assertThat(head.shape()).containsExactly(64, 10);
        assertThat(head.getFloat(63, 2)).isEqualTo(weights.get("linear.weight").values()[2 * 64 + 63]);
    }

    @Test
    void readsTorchvisionsNamesAndThoseOfMultiGpuTraining() throws WeightsFormatException {
        Map<String, Tensor> weights = new HashMap<>();
        smallest()
                .forEach((name, tensor) -> weights.put(
                        "module." + name.replace("shortcut", "downsample").replace("linear", "fc"), tensor));
        weights.put("module.bn1.num_batches_tracked", new Tensor(new int[0], new float[] {64_000}));

        assertThat(TorchWeights.network(SMALLEST, weights).params())
                .isEqualTo(TorchWeights.network(SMALLEST, smallest()).params());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"module.", "_orig_mod.", "model.", "net.", "module._orig_mod.", "module.module.", "ema.net."})
    void ignoresASharedPrefix(String prefix) throws WeightsFormatException {
        Map<String, Tensor> weights = new HashMap<>();
        smallest().forEach((name, tensor) -> weights.put(prefix + name, tensor));
        weights.put(prefix + "bn1.num_batches_tracked", new Tensor(new int[0], new float[] {64_000}));
        // torch.optim.swa_utils.AveragedModel stores it beside the averaged module.
        weights.put("n_averaged", new Tensor(new int[0], new float[] {5}));

        assertThat(TorchWeights.sharedPrefix(weights)).isEqualTo(prefix);
        assertThat(TorchWeights.network(SMALLEST, weights).params())
                .isEqualTo(TorchWeights.network(SMALLEST, smallest()).params());
    }

    @Test
    void keepsPrefixesOfTheNetworkAndThoseOfSomeNamesOnly() {
        assertThat(TorchName.sharedPrefix(List.of("fc.weight", "fc.bias"))).isEmpty();
        assertThat(TorchName.sharedPrefix(List.of("module.layer1.0.conv1.weight")))
                .isEqualTo("module.");
        assertThat(TorchName.sharedPrefix(List.of("model.conv1.weight", "criterion.weight")))
                .isEmpty();
        assertThat(TorchName.sharedPrefix(List.of("module.a.b", "modules.a.b"))).isEmpty();
        assertThat(TorchName.sharedPrefix(List.of("weight", "weight"))).isEmpty();
        assertThat(TorchName.sharedPrefix(List.of("n_averaged"))).isEmpty();
        assertThat(TorchName.sharedPrefix(List.of())).isEmpty();
    }

    @Test
    void aNameThatOnlyEndsLikeACounterIsUnexpected() {
        Map<String, Tensor> weights = smallest();
        weights.put("bn1.my_num_batches_tracked", new Tensor(new int[0], new float[] {1}));

        assertThatExceptionOfType(WeightsFormatException.class)
                .isThrownBy(() -> TorchWeights.network(SMALLEST, weights))
                .withMessageEndingWith("\n" + FileReasons.unexpectedWeight("bn1.my_num_batches_tracked") + ".");
    }

    @Test
    void aLongNameOfSeveralLinesIsShortenedToOneLine() {
        Map<String, Tensor> weights = smallest();
        weights.put("a\nb" + "c".repeat(1000), new Tensor(new int[0], new float[] {1}));

        assertThatExceptionOfType(WeightsFormatException.class)
                .isThrownBy(() -> TorchWeights.network(SMALLEST, weights))
                .withMessageEndingWith("'a\\nb" + "c".repeat(117) + "…' is unexpected.");
    }

    @Test
    void reportsAllProblemsAtOnce() {
        Map<String, Tensor> weights = smallest();
        weights.remove("layer2.0.shortcut.0.weight");
        weights.remove("linear.bias");
        weights.put("layer1.1.conv1.weight", new Tensor(new int[] {16, 16, 3, 3}, new float[16 * 16 * 9]));
        weights.put("linear.weight", new Tensor(new int[] {100, 64}, new float[6400]));
        weights.get("bn1.bias").values()[3] = Float.NaN;

        assertThatExceptionOfType(WeightsFormatException.class)
                .isThrownBy(() -> TorchWeights.network(SMALLEST, weights))
                .withMessage(WeightsFailures.doNotFit(
                        "CIFAR ResNet-8 (B)",
                        10,
                        List.of(
                                FileReasons.weightNotFinite("bn1.bias"),
                                FileReasons.missingWeight("layer2.0.shortcut.0.weight"),
                                FileReasons.weightShape("linear.weight", "[100, 64]", "[10, 64]"),
                                FileReasons.missingWeight("linear.bias"),
                                FileReasons.unexpectedWeight("layer1.1.conv1.weight"))));
    }

    @Test
    void usesTorchvisionsNamesForMissingWeights() {
        assertThatExceptionOfType(WeightsFormatException.class)
                .isThrownBy(() -> TorchWeights.network(ResNetSpec.imageNet(50, 1000), Map.of()))
                .satisfies(e -> assertThat(e.getMessage().lines().skip(1))
                        .hasSize(267)
                        .contains(
                                "'conv1.weight' is missing.",
                                "'layer1.0.conv3.weight' is missing.",
                                "'layer4.0.downsample.1.running_var' is missing.",
                                "'layer4.2.bn3.bias' is missing.",
                                "'fc.weight' is missing."));
    }

    @Test
    void refusesOneWeightUnderTwoNames() {
        Map<String, Tensor> weights = smallest();
        weights.put("fc.bias", weights.get("linear.bias"));

        assertThatExceptionOfType(WeightsFormatException.class)
                .isThrownBy(() -> TorchWeights.network(SMALLEST, weights))
                .withMessageEndingWith(FileReasons.sameWeight("fc.bias", "linear.bias") + ".");
    }

    @Test
    void writesBitIdenticalWeights() throws IOException {
        Map<String, Tensor> weights = smallest();

        TorchWeights.write(file(), SMALLEST, TorchWeights.network(SMALLEST, weights));

        Map<String, Tensor> written = SafetensorsFile.read(file());
        weights.forEach((name, tensor) -> {
            assertThat(written.get(name).shape()).as(name).isEqualTo(tensor.shape());
            assertThat(written.get(name).values()).as(name).isEqualTo(tensor.values());
        });
        assertThat(written.keySet().stream().filter(name -> !weights.containsKey(name)))
                .hasSize(9)
                .contains("bn1.num_batches_tracked", "layer3.0.shortcut.1.num_batches_tracked")
                .allMatch(name -> name.endsWith(".num_batches_tracked"));
        assertThat(written.get("bn1.num_batches_tracked").shape()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"18, 122", "34, 218", "50, 320", "101, 626"})
    void writesTheSameNumberOfEntriesAsTorchvision(int depth, int entries) throws IOException {
        ResNetSpec spec = ResNetSpec.imageNet(depth, 10);
        ComputationGraph network = ResNet.create(spec, 1);

        TorchWeights.write(file(), spec, network);

        Map<String, Tensor> written = SafetensorsFile.read(file());
        assertThat(written)
                .hasSize(entries)
                .containsKeys("conv1.weight", "layer2.0.downsample.1.num_batches_tracked", "fc.bias");
        assertThat(TorchWeights.network(spec, written).params()).isEqualTo(network.params());
    }

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.network.EveryNetwork#all")
    void everyNetworkIsReadBackBitIdentical(ResNetSpec spec) throws IOException {
        ComputationGraph network = EveryNetwork.trainedLooking(ResNet.create(spec, 1));

        TorchWeights.write(file(), spec, network);
        Map<String, Tensor> written = SafetensorsFile.read(file());

        assertThat(TorchWeights.network(spec, written).params().data().asFloat())
                .isEqualTo(network.params().data().asFloat());
        network.close();
    }

    @Test
    void usesOtherCodesNamesForWhatTorchvisionLacks() throws IOException {
        assertThat(names(new ResNetSpec(
                        Family.CIFAR, 11, Block.BOTTLENECK, Variant.PREACT, Shortcut.B, true, false, 10, 32)))
                .contains("layer2.0.bn1.weight", "layer2.0.shortcut.0.weight", "bn.running_mean", "bn.bias")
                .doesNotContain("layer1.0.bn1.weight", "layer2.0.shortcut.1.weight");
        assertThat(names(new ResNetSpec(Family.IMAGENET, 18, Block.BASIC, Variant.D, Shortcut.B, true, false, 10, 224)))
                .contains("layer2.0.downsample.1.weight", "layer2.0.downsample.2.running_var")
                .doesNotContain("layer2.0.downsample.0.weight");
        assertThat(names(new ResNetSpec(Family.CIFAR, 8, Block.BASIC, Variant.V1, Shortcut.C, true, false, 10, 32)))
                .contains("layer1.0.shortcut.0.weight");
        assertThat(names(new ResNetSpec(
                        Family.CIFAR_RESNET18, 18, Block.BASIC, Variant.V1, Shortcut.B, true, false, 10, 32)))
                .contains("layer4.0.shortcut.1.running_var", "layer4.1.conv2.weight", "linear.bias");
        assertThat(names(new ResNetSpec(Family.CIFAR, 8, Block.BASIC, Variant.V1, Shortcut.NONE, false, false, 10, 32)))
                .contains("layer3.0.conv2.bias", "conv1.bias");
    }

    private Set<String> names(ResNetSpec spec) throws IOException {
        TorchWeights.write(file(), spec, ResNet.create(spec, 1));
        return SafetensorsFile.read(file()).keySet();
    }

    private Path file() {
        return folder.resolve("w.safetensors");
    }

    /** Random weights under the names of the public CIFAR networks. */
    private static Map<String, Tensor> smallest() {
        Random random = new Random(8);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        convolution(weights, random, "conv1", "bn1", 3, 16, 3);
        int in = 16;
        for (int stage = 1; stage <= 3; stage++) {
            int out = 8 << stage;
            String block = "layer" + stage + ".0.";
            convolution(weights, random, block + "conv1", block + "bn1", in, out, 3);
            convolution(weights, random, block + "conv2", block + "bn2", out, out, 3);
            if (in != out) {
                convolution(weights, random, block + "shortcut.0", block + "shortcut.1", in, out, 1);
            }
            in = out;
        }
        weights.put("linear.weight", tensor(random, 10, 64));
        weights.put("linear.bias", tensor(random, 10));
        return weights;
    }

    private static void convolution(
            Map<String, Tensor> weights, Random random, String name, String batchNorm, int in, int out, int kernel) {
        weights.put(name + ".weight", tensor(random, out, in, kernel, kernel));
        for (String parameter : List.of("weight", "bias", "running_mean", "running_var")) {
            weights.put(batchNorm + "." + parameter, tensor(random, out));
        }
    }

    private static Tensor tensor(Random random, int... shape) {
        int count = 1;
        for (int size : shape) {
            count *= size;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return new Tensor(shape, values);
    }

    private static void assertSameInRowMajorOrder(
            ComputationGraph network, String vertex, String parameter, Tensor tensor) {
        INDArray values = network.getLayer(vertex).getParam(parameter);
        assertThat(values.dup('c').data().asFloat()).isEqualTo(tensor.values());
    }
}
