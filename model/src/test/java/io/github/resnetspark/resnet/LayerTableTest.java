package io.github.resnetspark.resnet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    })
    void cifarNetworksHaveThePublishedParameters(int depth, Shortcut shortcut, String parameters) {
        assertThat(LayerTable.of(ResNetSpec.cifar(depth, shortcut, 10)).parameters())
                .isEqualTo(number(parameters));
    }

    @Test
    void aRowTellsWhereItIsAndWhatItCosts() {
        assertThat(LayerTable.of(ResNetSpec.imageNet(50, 1000)).layers())
                .contains(new LayerTable.Row(
                        "stage3-block1-conv2",
                        "conv",
                        3,
                        2,
                        java.util.List.of(256L, 14L, 14L),
                        589_824,
                        115_605_504,
                        200_704));
    }

    @Test
    void theTableCountsWhatTheNetworkHas() {
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
