package io.github.resnetspark.job.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedRecipesTest {
    private static final Path CONF = Path.of("..", "conf");

    static List<Path> recipes() throws IOException {
        try (Stream<Path> files = Files.list(CONF)) {
            return files.filter(file -> file.toString().endsWith(".conf")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void canBeRead(Path file) {
        assertThat(Recipe.load(Optional.of(file), List.of()).train().epochs()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void startWithACommentOnWhatToExpect(Path file) throws IOException {
        String text = Files.readString(file);

        assertThat(text.substring(0, text.indexOf("model {")))
                .contains("# Follows: ", "# Launch: ", "# Hardware: ", "# Expected: ", "# Batch: ");
    }

    @Test
    void haveTheBatchSizesOfThePapers() {
        Recipe cifar = load("cifar10-resnet20.conf");
        assertThat(cifar.model()).isEqualTo(ResNetSpec.cifar(20, Shortcut.A, 10));
        assertThat(cifar.globalBatch()).isEqualTo(128);
        assertThat(cifar.optimizer().peakLearningRate(cifar.globalBatch())).isEqualTo(0.1);

        Recipe imageNet = load("imagenet-resnet50.conf");
        assertThat(imageNet.train().epochs()).isEqualTo(90);
        assertThat(imageNet.globalBatch()).isEqualTo(256);
        assertThat(imageNet.optimizer().peakLearningRate(imageNet.globalBatch()))
                .isEqualTo(0.1);
    }

    @Test
    void thatAreFasterOrLongerHaveTheBatchesAndRatesThatTheyFollow() {
        for (String name : List.of("cifar10-resnet20-fast.conf", "cifar10-resnet56.conf")) {
            Recipe cifar = load(name);
            assertThat(cifar.globalBatch()).isEqualTo(128);
            assertThat(cifar.optimizer().peakLearningRate(128)).isEqualTo(0.1);
            assertThat(List.of(0.0, 0.59, 0.61))
                    .extracting(done -> cifar.averagingInterval(50_000)
                            .at(done * cifar.train().epochs()))
                    .containsExactly(4, 4, 10);
        }
        Recipe fast = load("imagenet-resnet50-fast.conf");
        assertThat(fast.optimizer().peakLearningRate(1024)).isEqualTo(1.7);
        assertThat(List.of(0.0, 15.9, 16.0, 34.0, 39.9))
                .extracting(fast.data().trainSize().schedule(40)::at)
                .containsExactly(160, 160, 176, 192, 192);
        Recipe longest = load("imagenet-resnet50-v2.conf");
        assertThat(longest.globalBatch()).isEqualTo(1024);
        assertThat(longest.optimizer().peakLearningRate(1024)).isEqualTo(0.5);
    }

    private static Recipe load(String name) {
        return Recipe.load(Optional.of(CONF.resolve(name)), List.of());
    }
}
