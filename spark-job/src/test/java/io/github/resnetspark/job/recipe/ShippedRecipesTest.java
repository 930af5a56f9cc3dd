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

    private static Recipe load(String name) {
        return Recipe.load(Optional.of(CONF.resolve(name)), List.of());
    }
}
