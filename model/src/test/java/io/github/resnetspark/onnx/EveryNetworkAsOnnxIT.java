package io.github.resnetspark.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import io.github.resnetspark.onnx.OnnxOptions.BatchNormForm;
import io.github.resnetspark.onnx.OnnxOptions.InputForm;
import io.github.resnetspark.onnx.OnnxOptions.OutputForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every network that a recipe's section {@code model} can describe is exported to ONNX and verified against ONNX
 * Runtime.
 */
class EveryNetworkAsOnnxIT {
    private static final int SIDE = 32;
    private static final int CLASSES = 10;
    /** Deeper networks repeat the blocks of these. The authors' variant exists from depth 50. */
    private static final List<Integer> SHALLOWEST = List.of(18, 50);

    @TempDir
    private Path directory;

    /**
     * All networks of the smallest family. Of the other families every block, variant and shortcut, and one network
     * with biases.
     */
    static List<ResNetSpec> everyNetwork() {
        List<ResNetSpec> networks = new ArrayList<>();
        for (Family family : Family.values()) {
            for (Block block : Block.values()) {
                for (Variant variant : Variant.values()) {
                    if (family == Family.CIFAR) {
                        networks.addAll(everyShortcut(block, variant));
                    } else if (block == Block.BASIC && variant == Variant.V1) {
                        networks.addAll(everyShortcut(family));
                    } else {
                        SHALLOWEST.stream()
                                .flatMap(depth -> spec(family, depth, block, variant, Shortcut.B, true).stream())
                                .findFirst()
                                .ifPresent(networks::add);
                    }
                }
            }
        }
        return networks;
    }

    private static List<ResNetSpec> everyShortcut(Block block, Variant variant) {
        return Stream.of(Shortcut.values())
                .flatMap(shortcut -> Stream.of(true, false)
                        .flatMap(batchNorm ->
                                spec(Family.CIFAR, shallowest(block), block, variant, shortcut, batchNorm).stream()))
                .toList();
    }

    private static List<ResNetSpec> everyShortcut(Family family) {
        return Stream.concat(
                        Stream.of(Shortcut.values())
                                .map(shortcut -> spec(family, 18, Block.BASIC, Variant.V1, shortcut, true)),
                        Stream.of(spec(family, 18, Block.BASIC, Variant.V1, Shortcut.B, false)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The smallest family, with one block in each of its three stages. */
    private static int shallowest(Block block) {
        return block == Block.BASIC ? 8 : 11;
    }

    /** The network with these properties, if it exists. */
    private static Optional<ResNetSpec> spec(
            Family family, int depth, Block block, Variant variant, Shortcut shortcut, boolean batchNorm) {
        try {
            return Optional.of(
                    new ResNetSpec(family, depth, block, variant, shortcut, batchNorm, false, CLASSES, SIDE));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Five shortcuts, with and without batch normalisation. There is no plain d, and no preact without batch
     * normalisation.
     */
    @Test
    void coversEveryPossibleNetwork() {
        int ofABlock = 10 + 10 + 8 + 5;
        assertThat(everyNetwork())
                .filteredOn(spec -> spec.family() == Family.CIFAR)
                .hasSize(2 * ofABlock)
                .filteredOn(spec -> spec.block() == Block.BOTTLENECK)
                .hasSize(ofABlock);
        // Four variants of both blocks, the authors' bottlenecks, four more shortcuts, and one network with biases.
        assertThat(everyNetwork())
                .filteredOn(spec -> spec.family() == Family.IMAGENET)
                .hasSize(14);
        assertThat(everyNetwork())
                .filteredOn(spec -> spec.family() == Family.CIFAR_RESNET18)
                .hasSize(13);
    }

    @Test
    void coversEveryFamilyVariantAndShortcut() {
        assertThat(everyNetwork()).extracting(ResNetSpec::family).contains(Family.values());
        assertThat(everyNetwork()).extracting(ResNetSpec::block).contains(Block.values());
        assertThat(everyNetwork()).extracting(ResNetSpec::variant).contains(Variant.values());
        assertThat(everyNetwork()).extracting(ResNetSpec::shortcut).contains(Shortcut.values());
    }

    @ParameterizedTest
    @MethodSource("everyNetwork")
    void hasTheSameLogitsInOnnxRuntime(ResNetSpec spec) throws IOException {
        ComputationGraph network = TrainedLooking.network(spec);
        Preprocessing preprocessing = Preprocessing.of(SIDE, Normalization.IMAGENET);
        List<RgbImage> pictures = new ArrayList<>(ComparisonPictures.of(SIDE));
        pictures.addAll(realPictures());
        Path file = directory.resolve("model.onnx");

        // Fails unless the logits are equal to 1e-4 of the largest and the classes are the same.
        OnnxModel.write(
                network,
                file,
                new OnnxOptions(preprocessing, InputForm.PICTURES, OutputForm.LOGITS, BatchNormForm.FOLDED),
                pictures);
        assertThat(file).isNotEmptyFile();
        // Networks that are not folded are written vertex by vertex. The smallest family has all vertices; one network
        // of the others covers the stem.
        boolean plain = spec.block() == Block.BASIC && spec.variant() == Variant.V1 && spec.shortcut() == Shortcut.B;
        if (spec.batchNorm() && (spec.family() == Family.CIFAR || plain)) {
            OnnxModel.write(network, file, OnnxOptions.asTrained(preprocessing), pictures);
        }
    }

    /** One picture of each class of CIFAR-10, if the test data is available. */
    private static List<RgbImage> realPictures() throws IOException {
        String data = System.getenv("RESNET_SPARK_TEST_DATA");
        if (data == null) {
            return List.of();
        }
        byte[] records = Files.readAllBytes(Path.of(data, "cifar10/test_50_per_class.bin"));
        int plane = SIDE * SIDE;
        int length = 1 + 3 * plane;
        return Stream.iterate(0, record -> record < records.length / length, record -> record + 50)
                .map(record -> {
                    byte[] pixels = new byte[3 * plane];
                    for (int i = 0; i < pixels.length; i++) {
                        pixels[i] = records[record * length + 1 + i % 3 * plane + i / 3];
                    }
                    return new RgbImage(SIDE, SIDE, pixels);
                })
                .toList();
    }
}
