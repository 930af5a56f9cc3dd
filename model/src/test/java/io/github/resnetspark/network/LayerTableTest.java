package io.github.resnetspark.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.network.LayerTable.StageRow;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** The published counts: torchvision's parameters, the papers' multiply-adds, the public CIFAR networks' parameters. */
class LayerTableTest {

    @ParameterizedTest
    @CsvSource({
        "18, 11_689_512",
        "34, 21_797_672",
        "50, 25_557_032",
        "101, 44_549_160",
        "152, 60_192_808",
    })
    void imageNetNetworksHaveThePublishedParameters(int depth, String parameters) {
        assertThat(LayerTable.of(ResNetSpec.imageNet(depth, 1000)).parameters()).isEqualTo(number(parameters));
    }

    @ParameterizedTest
    @CsvSource({
        "18, 1_814_073_344",
        "34, 3_663_761_408",
        "50, 3_857_973_248",
        "101, 7_570_194_432",
        "152, 11_282_415_616",
    })
    void imageNetNetworksAsPublishedHaveThePublishedMultiplyAdds(int depth, String multiplyAdds) {
        ResNetSpec spec = new ResNetSpec(
                Family.IMAGENET,
                depth,
                ResNetSpec.usualBlock(Family.IMAGENET, depth),
                Variant.V1,
                Shortcut.B,
                true,
                false,
                1000,
                224);

        assertThat(LayerTable.of(spec).multiplyAdds()).isEqualTo(number(multiplyAdds));
    }

    @Test
    void resNet50WithTheStrideInThe3x3HasTorchvisionsMultiplyAdds() {
        assertThat(LayerTable.of(ResNetSpec.imageNet(50, 1000)).multiplyAdds()).isEqualTo(4_089_184_256L);
    }

    @ParameterizedTest
    @CsvSource({
        "20, A, 269_722",
        "32, A, 464_154",
        "44, A, 658_586",
        "56, A, 853_018",
        "110, A, 1_727_962",
        "20, B, 272_474",
        "20, C, 283_962",
        "20, A_END, 269_722",
        "20, NONE, 269_722",
        "1202, A, 19_421_274",
    })
    void cifarNetworksHaveThePublishedParameters(int depth, Shortcut shortcut, String parameters) {
        assertThat(LayerTable.of(ResNetSpec.cifar(depth, shortcut, 10)).parameters())
                .isEqualTo(number(parameters));
    }

    @Test
    void resNet18ForSmallPicturesHasThePublishedParameters() {
        ResNetSpec spec =
                new ResNetSpec(Family.CIFAR_RESNET18, 18, Block.BASIC, Variant.V1, Shortcut.B, true, false, 10, 32);

        assertThat(LayerTable.of(spec).parameters()).isEqualTo(11_173_962);
        assertThat(LayerTable.of(spec).layers().get(0).outputShape()).containsExactly(64L, 32L, 32L);
    }

    @ParameterizedTest
    @CsvSource({"50, 25_557_096", "101, 44_549_160", "152, 60_192_808"})
    void theReleasedNetworksHaveTheParametersOfTheirFiles(int depth, String parameters) {
        assertThat(LayerTable.of(released(depth)).parameters()).isEqualTo(number(parameters));
    }

    static ResNetSpec released(int depth) {
        return new ResNetSpec(
                Family.IMAGENET, depth, Block.BOTTLENECK, Variant.AUTHORS, Shortcut.B, true, false, 1000, 224);
    }

    /** 3·n bottlenecks of widths 16, 32 and 64. A batch-norm precedes each convolution of a block except 1×1 projections. */
    @ParameterizedTest
    @CsvSource({"164, 18", "1001, 111"})
    void preActivationBottlenecksHaveTheParametersOfTheFormula(int depth, int n) {
        ResNetSpec spec =
                new ResNetSpec(Family.CIFAR, depth, Block.BOTTLENECK, Variant.PREACT, Shortcut.B, true, false, 10, 32);
        long expected = 3 * 16 * 9;
        long in = 16;
        for (long width : new long[] {16, 32, 64}) {
            expected += in * 4 * width;
            for (int block = 0; block < n; block++) {
                expected += 2 * in + in * width + 2 * width + 9 * width * width + 2 * width + 4 * width * width;
                in = 4 * width;
            }
        }
        expected += 2 * 256 + 256 * 10 + 10;

        assertThat(LayerTable.of(spec).parameters()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.network.EveryNetwork#all")
    void theTableMatchesEveryNetwork(ResNetSpec spec) {
        LayerTable table = LayerTable.of(spec);
        ComputationGraph network = ResNet.create(spec, 1);
        long statistics = network.paramTable().entrySet().stream()
                .filter(entry ->
                        entry.getKey().endsWith("_mean") || entry.getKey().endsWith("_var"))
                .mapToLong(entry -> entry.getValue().length())
                .sum();

        assertThat(network.numParams() - statistics).isEqualTo(table.parameters());
        network.feedForward(Nd4j.zeros(DataType.FLOAT, 1, 3, spec.input(), spec.input()), false)
                .forEach((name, activation) -> table.layers().stream()
                        .filter(row -> row.name().equals(name))
                        .forEach(row -> assertThat(Arrays.stream(activation.shape())
                                        .skip(1)
                                        .boxed())
                                .as(name)
                                .isEqualTo(row.outputShape())));
        network.close();
    }

    @Test
    void eighteenLayersOfBottlenecksAreTwentySix() {
        ResNetSpec spec =
                new ResNetSpec(Family.IMAGENET, 18, Block.BOTTLENECK, Variant.V1_5, Shortcut.B, true, false, 1000, 224);

        assertThat(LayerTable.of(spec).stages()).extracting(StageRow::layers).containsExactly(1, 6, 6, 6, 6, 1);
    }

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.network.EveryNetwork#all")
    void stagesAddUpToTheNetworkAndToItsDepth(ResNetSpec spec) {
        LayerTable table = LayerTable.of(spec);

        assertThat(table.stages().stream().mapToLong(StageRow::parameters).sum())
                .isEqualTo(table.parameters());
        assertThat(table.stages().stream().mapToLong(StageRow::multiplyAdds).sum())
                .isEqualTo(table.multiplyAdds());
        assertThat(table.stages().stream().mapToLong(StageRow::activationBytes).sum())
                .isEqualTo(table.activationBytes());
        assertThat(table.stages().stream().mapToInt(StageRow::layers).sum()).isEqualTo(spec.depth());
        assertThat(table.stages().get(0).name()).isEqualTo("stem");
        assertThat(table.stages().get(table.stages().size() - 1).name()).isEqualTo("head");
    }

    @Test
    void receptiveFieldsGrowByWindowsAndStrides() {
        LayerTable table = LayerTable.of(ResNetSpec.imageNet(18, 1000));

        // 7; 7 + 2·2 = 11; four 3×3 at a step of 4: 11 + 4·8 = 43; then 8 + 3·16 → 99; 16 + 3·32 → 211; 32 + 3·64 →
        // 435.
        assertThat(table.stages()).extracting(StageRow::receptiveField).startsWith(11L, 43L, 99L, 211L, 435L);
        assertThat(LayerTable.of(ResNetSpec.cifar(20, Shortcut.A, 10)).stages())
                .extracting(StageRow::receptiveField)
                // 3; 3 + 6·2; 15 + 2 + 5·4; 37 + 4 + 5·8; and all 8×8 of that.
                .containsExactly(3L, 15L, 37L, 81L, 109L);
    }

    @Test
    void aRowHasPositionShapeAndCost() {
        assertThat(LayerTable.of(ResNetSpec.imageNet(50, 1000)).layers())
                .contains(new LayerTable.Row(
                        "stage3-block1-conv2",
                        "stage3",
                        "conv",
                        3,
                        2,
                        List.of(256L, 14L, 14L),
                        107,
                        589_824,
                        115_605_504,
                        200_704));
    }

    @Test
    void theTableCountsAllParametersExceptRunningStatistics() {
        ResNetSpec spec = ResNetSpec.cifar(20, Shortcut.A, 10);
        long batchNormChannels = LayerTable.of(spec).layers().stream()
                .filter(row -> row.kind().equals("batch-norm"))
                .mapToLong(row -> row.outputShape().get(0))
                .sum();

        // DL4J counts the two running statistics of each channel as parameters too.
        assertThat(ResNet.create(spec, 1).numParams())
                .isEqualTo(LayerTable.of(spec).parameters() + 2 * batchNormChannels);
    }

    private static long number(String digits) {
        return Long.parseLong(digits.replace("_", ""));
    }
}
