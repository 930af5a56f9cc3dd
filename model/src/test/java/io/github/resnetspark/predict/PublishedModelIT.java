package io.github.resnetspark.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.bundle.BundleContents;
import io.github.resnetspark.bundle.BundleWriter;
import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.weights.CifarTestBatch;
import io.github.resnetspark.weights.NpzFile;
import io.github.resnetspark.weights.TorchWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A published network, used like in a service: from a model directory, with picture files. */
class PublishedModelIT {
    private static final int SIDE = 32;

    @TempDir
    private Path directory;

    @Test
    void resNet20ReproducesThePublishedErrorsOnEncodedPictures() throws IOException {
        CifarTestBatch cifar = CifarTestBatch.unpacked();
        ResNetSpec spec = ResNetSpec.cifar(20, Shortcut.A, 10);
        List<String> labels = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        BundleWriter.write(
                directory.resolve("resnet20"),
                new BundleContents(spec, labels, Preprocessing.of(SIDE, Normalization.IMAGENET), "{}"),
                TorchWeights.network(spec, NpzFile.read(cifar.published("resnet20.npz"))));
        ImageCodec codec = new ImageCodec();
        List<byte[]> pictures = IntStream.range(0, CifarTestBatch.PICTURES)
                .mapToObj(i -> codec.encodePng(new RgbImage(SIDE, SIDE, cifar.bytes(i, 1))))
                .toList();

        int errors = 0;
        try (Predictor predictor = Predictor.open(directory.resolve("resnet20"))) {
            List<PictureResult> results = predictor.predictAll(pictures);
            for (int i = 0; i < results.size(); i++) {
                int best = results.get(i).prediction().orElseThrow().best().index();
                errors += best == cifar.label(i) ? 0 : 1;
            }
        }

        assertThat(errors).isBetween(826, 828);
    }
}
