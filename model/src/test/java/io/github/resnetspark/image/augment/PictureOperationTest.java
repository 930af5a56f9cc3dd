package io.github.resnetspark.image.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.image.augment.PictureOperation.Strengths;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code augment/pillow-crc32.txt} has the checksum of the picture that Pillow 12.3 makes for each operation and bin with the ranges
 * and calls of torchvision 0.29: all 31 bins, then all 31 in the other direction if the operation has one.
 */
class PictureOperationTest {
    private static final int WIDTH = 20;
    private static final int HEIGHT = 16;
    private static final Strengths WIDE = new Strengths(0.99, 32, 32, 135, 0.99, 6);
    private static final Strengths USUAL =
            new Strengths(0.3, 150.0 / 331.0 * WIDTH, 150.0 / 331.0 * HEIGHT, 30, 0.9, 4);

    @ParameterizedTest
    @MethodSource("expected")
    void everyBinOfEachOperationHasPillowsBytes(String line) {
        List<String> words = List.of(line.split(" "));
        Strengths strengths = words.get(0).equals("TRIVIAL_AUGMENT") ? WIDE : USUAL;
        PictureOperation operation = PictureOperation.valueOf(words.get(1));
        List<String> sums = words.subList(2, words.size());

        for (int i = 0; i < sums.size(); i++) {
            double magnitude = operation.magnitude(i % PictureOperation.BINS, strengths);
            RgbImage image = picture();
            operation.apply(image, i < PictureOperation.BINS ? magnitude : -magnitude);
            assertThat(checksum(image)).as("%s %s", operation, magnitude).isEqualTo(sums.get(i));
        }
    }

    static Stream<String> expected() throws IOException {
        try (InputStream file = PictureOperationTest.class.getResourceAsStream("/augment/pillow-crc32.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII).lines();
        }
    }

    @Test
    void trivialAugmentDrawsEveryOperationInBothDirectionsAndIsFixedByItsSeed() {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 20_000; seed++) {
            RgbImage image = picture();
            new TrivialAugment().apply(image, new SplittableRandom(seed));
            seen.add(checksum(image));
        }
        Set<String> possible = new HashSet<>();
        try (Stream<String> lines = uncheckedExpected()) {
            lines.filter(line -> line.startsWith("TRIVIAL"))
                    .forEach(line -> possible.addAll(List.of(line.split(" ")).subList(2, line.split(" ").length)));
        }
        assertThat(seen).isEqualTo(possible);

        RgbImage first = picture();
        RgbImage second = picture();
        new TrivialAugment().apply(first, new SplittableRandom(7));
        new TrivialAugment().apply(second, new SplittableRandom(7));
        assertThat(first).isEqualTo(second);
    }

    @Test
    void randAugmentAppliesOperationsOfItsMagnitudeOneAfterAnother() {
        Set<String> possible = new HashSet<>();
        for (PictureOperation first : PictureOperation.values()) {
            for (PictureOperation second : PictureOperation.values()) {
                for (int signs = 0; signs < 4; signs++) {
                    RgbImage image = picture();
                    apply(first, image, signs % 2 == 0);
                    apply(second, image, signs / 2 == 0);
                    possible.add(checksum(image));
                }
            }
        }
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 10_000; seed++) {
            RgbImage image = picture();
            new RandAugment(2, 9).apply(image, new SplittableRandom(seed));
            seen.add(checksum(image));
        }
        assertThat(seen).isEqualTo(possible);
    }

    private static void apply(PictureOperation operation, RgbImage image, boolean isPositive) {
        double magnitude = operation.magnitude(9, USUAL);
        operation.apply(image, isPositive || !operation.isSigned() ? magnitude : -magnitude);
    }

    @Test
    void picturesOfOnePixelOrOneColourStayValid() {
        for (PictureOperation operation : PictureOperation.values()) {
            RgbImage pixel = new RgbImage(1, 1, new byte[] {7, 8, 9});
            operation.apply(pixel, operation.magnitude(3, WIDE));
            assertThat(pixel.pixels()).hasSize(3);
        }
    }

    @Test
    void settingsOutsideTheBinsAreRefused() {
        assertThatThrownBy(() -> new RandAugment(2, 31))
                .hasMessageContaining("[2, 31]")
                .hasMessageContaining("30");
        assertThatThrownBy(() -> new RandAugment(0, 9)).hasMessageContaining("[0, 9]");
    }

    private static Stream<String> uncheckedExpected() {
        try {
            return expected();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RgbImage picture() {
        byte[] pixels = new byte[WIDTH * HEIGHT * RgbImage.CHANNELS];
        int state = 12345;
        for (int i = 0; i < pixels.length; i++) {
            state = (state * 1103515245 + 12345) & 0x7fffffff;
            int channel = i % RgbImage.CHANNELS;
            int x = i / RgbImage.CHANNELS % WIDTH;
            int y = i / RgbImage.CHANNELS / WIDTH;
            pixels[i] = (byte) Math.min(240, 20 + 6 * x + 3 * y + 20 * channel + (state >> 16) % 60);
        }
        return new RgbImage(WIDTH, HEIGHT, pixels);
    }

    private static String checksum(RgbImage image) {
        CRC32 sum = new CRC32();
        sum.update(image.pixels());
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }
}
