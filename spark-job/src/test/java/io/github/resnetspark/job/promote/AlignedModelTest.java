package io.github.resnetspark.job.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.job.registry.SmallModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AlignedModelTest {
    @TempDir
    private Path folder;

    @Test
    void keepsTheProbabilityOfKnownClassesAndGivesUnknownOnesZero() throws IOException {
        Bundle bundle = Bundle.open(SmallModels.write(folder, 3, List.of("cat", "dog", "owl")));
        INDArray pictures = pictures();

        float[][] before = bundle.network().outputSingle(pictures).toFloatMatrix();
        float[][] after = aligned(bundle, List.of("ant", "owl", "cat", "bee", "dog"))
                .network()
                .outputSingle(pictures)
                .toFloatMatrix();

        for (int picture = 0; picture < before.length; picture++) {
            assertThat(after[picture])
                    .containsExactly(
                            new float[] {0, before[picture][2], before[picture][0], 0, before[picture][1]},
                            within(1e-6f));
        }
    }

    @Test
    void leavesOutAClassThatOnlyTheModelKnows() throws IOException {
        Bundle bundle = Bundle.open(SmallModels.write(folder, 4, List.of("cat", "dog", "owl")));
        INDArray pictures = pictures();

        float[][] before = bundle.network().outputSingle(pictures).toFloatMatrix();
        float[][] after = aligned(bundle, List.of("owl", "cat"))
                .network()
                .outputSingle(pictures)
                .toFloatMatrix();

        for (int picture = 0; picture < before.length; picture++) {
            float both = before[picture][2] + before[picture][0];
            assertThat(after[picture])
                    .containsExactly(new float[] {before[picture][2] / both, before[picture][0] / both}, within(1e-5f));
        }
    }

    @Test
    void isNeededIfSharedNamesHaveOtherNumbers() {
        assertThat(AlignedModel.isNeeded(List.of("cat", "dog"), List.of("cat", "dog")))
                .isFalse();
        assertThat(AlignedModel.isNeeded(List.of("cat", "dog"), List.of("dog", "cat")))
                .isTrue();
        assertThat(AlignedModel.isNeeded(List.of("cat", "dog"), List.of("cat", "dog", "owl")))
                .isTrue();
        // Numbers as names, as in an imported model.
        assertThat(AlignedModel.isNeeded(List.of("0", "1"), List.of("cat", "dog")))
                .isFalse();
    }

    @Test
    void isPossibleIfNamesAreSharedOrOneSideHasNumbers() {
        assertThat(AlignedModel.isPossible(List.of("cat", "dog"), List.of("owl", "dog", "bee")))
                .isTrue();
        assertThat(AlignedModel.isPossible(List.of("0", "1"), List.of("cat", "dog")))
                .isTrue();
        assertThat(AlignedModel.isPossible(List.of("cat", "dog"), List.of("00", "01")))
                .isTrue();
        assertThat(AlignedModel.isPossible(List.of("cat", "dog"), List.of("rose", "tulip")))
                .isFalse();
        assertThat(AlignedModel.isPossible(List.of("0", "1"), List.of("cat", "dog", "owl")))
                .isFalse();
    }

    private Bundle aligned(Bundle bundle, List<String> classes) throws IOException {
        Path aligned = folder.resolve("aligned");
        AlignedModel.write(bundle, classes, aligned);
        return Bundle.open(aligned);
    }

    private static INDArray pictures() {
        Random random = new Random(5);
        float[] values = new float[4 * 3 * 32 * 32];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Nd4j.create(values, new int[] {4, 3, 32, 32}, 'c');
    }
}
