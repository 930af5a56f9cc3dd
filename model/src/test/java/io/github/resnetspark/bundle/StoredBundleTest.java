package io.github.resnetspark.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.ResizeMethod;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A stored model directory of format version 1, which every release must load. Never regenerate it. */
class StoredBundleTest {
    /** The network's output for {@link Bundles#pictures} when it was stored. */
    private static final float[] PROBABILITIES = {0.0898475f, 0.9101525f, 0.114607334f, 0.8853927f};

    @Test
    void versionOneStillLoadsAndGivesTheSameProbabilities() throws IOException, URISyntaxException {
        Bundle bundle = Bundle.open(stored());

        assertThat(bundle.spec()).isEqualTo(Bundles.SPEC);
        assertThat(bundle.labels()).isEqualTo(Bundles.CONTENTS.labels());
        assertThat(bundle.preprocessing())
                .isEqualTo(new Preprocessing(8, 8, Normalization.IMAGENET, ResizeMethod.OPENCV));
        assertThat(bundle.metricsJson()).isEqualToIgnoringWhitespace(Bundles.CONTENTS.metricsJson());
        assertProbabilities(bundle.network().outputSingle(Bundles.pictures()));
    }

    @Test
    void versionOneStillLoadsWithDl4jAlone() throws IOException, URISyntaxException {
        assertProbabilities(ModelSerializer.restoreComputationGraph(
                        stored().resolve("model.dl4j.zip").toFile())
                .outputSingle(Bundles.pictures()));
    }

    private static void assertProbabilities(INDArray found) {
        assertThat(found.dup('c').data().asFloat()).containsExactly(PROBABILITIES, offset(1e-5f));
    }

    private Path stored() throws URISyntaxException {
        return Path.of(getClass().getResource("/bundle/v1").toURI());
    }
}
