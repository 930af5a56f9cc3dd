package io.github.resnetspark.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.ResizeMethod;
import io.github.resnetspark.resnet.Block;
import io.github.resnetspark.resnet.Family;
import io.github.resnetspark.resnet.ResNetSpec;
import io.github.resnetspark.resnet.Shortcut;
import io.github.resnetspark.resnet.Variant;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Model directories of format version 1, stored when that was new: they must load for ever. Never write them anew. */
class StoredBundleTest {
    /** What the network gave for {@link Bundles#pictures} when it was stored. */
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

    @Test
    void aVariantDOfVersionOneKeepsTheWindowsThatItWasTrainedWith() throws IOException, URISyntaxException {
        Path directory = Path.of(getClass().getResource("/bundle/v1-d").toURI());
        float[] probabilities = {0.43859562f, 0.5614044f, 0.5033823f, 0.49661762f};
        float[] values = new float[2 * 3 * 10 * 10];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * 37 % 101) / 50f - 1;
        }
        INDArray pictures = Nd4j.create(values, new int[] {2, 3, 10, 10}, 'c');

        Bundle bundle = Bundle.open(directory);

        assertThat(bundle.spec().variant()).isEqualTo(Variant.D_3X3);
        assertThat(bundle.network().outputSingle(pictures).dup('c').data().asFloat())
                .containsExactly(probabilities, offset(1e-5f));
        assertThat(ModelSerializer.restoreComputationGraph(
                                directory.resolve("model.dl4j.zip").toFile())
                        .outputSingle(pictures)
                        .dup('c')
                        .data()
                        .asFloat())
                .containsExactly(probabilities, offset(1e-5f));
    }

    @Test
    void bothVariantsDAreReadBackAsTheyWereWrittenAndEarlyReleasesNeverMistakeOneForTheOther() throws BundleException {
        ResNetSpec now = spec(Variant.D);
        ResNetSpec before = spec(Variant.D_3X3);

        assertThat(ModelJson.write(now)).contains("\"formatVersion\" : 2", "\"variant\" : \"d\"");
        assertThat(ModelJson.write(before)).contains("\"formatVersion\" : 1", "\"variant\" : \"d\"");
        assertThat(ModelJson.read(ModelJson.write(now), "model.json")).isEqualTo(now);
        assertThat(ModelJson.read(ModelJson.write(before), "model.json")).isEqualTo(before);
        assertThat(ModelJson.write(spec(Variant.V1))).contains("\"formatVersion\" : 1");
    }

    private static ResNetSpec spec(Variant variant) {
        return new ResNetSpec(Family.CIFAR, 8, Block.BASIC, variant, Shortcut.B, true, false, 2, 10);
    }

    private static void assertProbabilities(INDArray found) {
        assertThat(found.dup('c').data().asFloat()).containsExactly(PROBABILITIES, offset(1e-5f));
    }

    private Path stored() throws URISyntaxException {
        return Path.of(getClass().getResource("/bundle/v1").toURI());
    }
}
