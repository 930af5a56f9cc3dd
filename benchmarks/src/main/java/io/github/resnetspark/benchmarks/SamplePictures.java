package io.github.resnetspark.benchmarks;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.image.TriangleResampler;
import io.github.resnetspark.intake.PictureIntake;
import io.github.resnetspark.intake.PictureSettings;
import io.github.resnetspark.intake.PictureSettings.PictureCheck;
import io.github.resnetspark.intake.ResizePolicy;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Encoded pictures of typical ImageNet sizes.
 *
 * @param origin describes where they come from
 * @param encoded one file each
 */
record SamplePictures(String origin, List<byte[]> encoded) {
    private static final String VARIABLE = "RESNET_SPARK_TEST_DATA";
    private static final int GENERATED = 12;
    private static final int QUALITY = 92;

    /** The full-size samples of the test data. Without these, noise of 500 × 375 pixels that compresses like photographs. */
    static SamplePictures find() throws IOException {
        String folder = System.getenv(VARIABLE);
        if (folder == null) {
            return new SamplePictures(
                    GENERATED + " generated pictures of 500 x 375, because " + VARIABLE + " is not set", generated());
        }
        try (Stream<Path> files = Files.walk(Path.of(folder, "imagenet", "full-size-samples"))) {
            List<byte[]> encoded = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                encoded.add(Files.readAllBytes(file));
            }
            return new SamplePictures(encoded.size() + " full-size pictures of ImageNet", encoded);
        }
    }

    /** The same pictures as shards with this resize policy store them. */
    List<byte[]> stored(String policy) {
        PictureIntake intake = new PictureIntake(
                new PictureSettings(
                        PictureCheck.HEADER,
                        ResizePolicy.of(policy),
                        ResizePolicy.NONE,
                        PictureSettings.DEFAULT_JPEG_QUALITY),
                Split.TRAIN);
        return encoded.stream()
                .map(bytes ->
                        intake.take(bytes, PictureIntake.Pixels.NOT_WANTED).bytes())
                .toList();
    }

    private static List<byte[]> generated() {
        ImageCodec codec = new ImageCodec();
        TriangleResampler resampler = new TriangleResampler();
        SplittableRandom random = new SplittableRandom(1);
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < GENERATED; i++) {
            byte[] coarse = new byte[167 * 125 * RgbImage.CHANNELS];
            random.nextBytes(coarse);
            pictures.add(codec.encodeJpeg(resampler.resize(new RgbImage(167, 125, coarse), 500, 375), QUALITY));
        }
        return pictures;
    }
}
