package io.github.resnetspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the evaluation of real full-size pictures with torchvision's. */
class EvaluationReferenceTest {
    private static final String TEST_DATA = System.getenv("RESNET_SPARK_TEST_DATA");
    private static final Normalization PLAIN =
            new Normalization(new float[] {0, 0, 0}, new float[] {1 / 255f, 1 / 255f, 1 / 255f});

    @Test
    void equalsTorchvisionsResizeAndCentreCrop() throws IOException {
        assumeTrue(TEST_DATA != null, "RESNET_SPARK_TEST_DATA is not set");
        Preprocessing preprocessing = Preprocessing.of(224, PLAIN);
        EvaluationTransform transform = new EvaluationTransform(preprocessing);
        ImageCodec codec = new ImageCodec();
        List<Path> references = files(Path.of(TEST_DATA, "imagenet/eval-reference"));
        assertThat(references).hasSize(9);
        for (Path reference : references) {
            String name = reference.getFileName().toString().replace(".png", ".JPEG");
            Path picture = files(Path.of(TEST_DATA, "imagenet/full-size-samples")).stream()
                    .filter(file -> file.endsWith(name))
                    .findFirst()
                    .orElseThrow();
            float[] found = new float[preprocessing.inputLength()];
            transform.apply(codec.decode(Files.readAllBytes(picture)), found, 0);

            byte[] expected = codec.decode(Files.readAllBytes(reference)).pixels();
            byte[] pixels = new byte[expected.length];
            for (int i = 0; i < expected.length; i++) {
                pixels[i] = (byte) Math.round(found[i % 3 * 224 * 224 + i / 3]);
            }
            assertThat(pixels).as(name).isEqualTo(expected);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
