package io.github.resnetspark.image.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.image.TestPictures;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The expected bytes were computed with Pillow 12.3. */
class ColorJitterTest {
    private static final int[] PICTURE = {
        200, 30, 77, 12, 250, 13, 0, 0, 0, 255, 255, 255, 90, 90, 90, 1, 2, 3, 130, 131, 250, 254, 0, 128
    };

    @Test
    void brightnessBlendsWithBlack() {
        byte[] brighter = picture();
        PillowColors.brightness(brighter, 1.37);
        assertThat(values(brighter))
                .containsExactly(
                        255, 41, 105, 16, 255, 17, 0, 0, 0, 255, 255, 255, 123, 123, 123, 1, 2, 4, 178, 179, 255, 255,
                        0, 175);

        byte[] darker = picture();
        PillowColors.brightness(darker, 0.61);
        assertThat(values(darker))
                .containsExactly(
                        122, 18, 46, 7, 152, 7, 0, 0, 0, 155, 155, 155, 54, 54, 54, 0, 1, 1, 79, 79, 152, 154, 0, 78);
    }

    @Test
    void contrastBlendsWithTheMeanGrey() {
        byte[] stronger = picture();
        PillowColors.contrast(stronger, 1.4);
        assertThat(values(stronger))
                .containsExactly(
                        238, 0, 66, 0, 255, 0, 0, 0, 0, 255, 255, 255, 84, 84, 84, 0, 0, 0, 140, 142, 255, 255, 0, 138);

        byte[] weaker = picture();
        PillowColors.contrast(weaker, 0.7);
        assertThat(values(weaker))
                .containsExactly(
                        170, 51, 84, 39, 205, 40, 30, 30, 30, 209, 209, 209, 93, 93, 93, 31, 32, 33, 121, 122, 205, 208,
                        30, 120);
    }

    @Test
    void saturationBlendsWithThePixelsGrey() {
        byte[] fuller = picture();
        PillowColors.saturation(fuller, 1.3);
        assertThat(values(fuller))
                .containsExactly(
                        234, 13, 74, 0, 255, 0, 0, 0, 0, 255, 255, 255, 90, 90, 90, 0, 2, 3, 125, 127, 255, 255, 0,
                        139);

        byte[] paler = picture();
        PillowColors.saturation(paler, 0.25);
        assertThat(values(paler))
                .containsExactly(
                        114, 72, 83, 117, 176, 117, 0, 0, 0, 255, 255, 255, 90, 90, 90, 1, 2, 2, 140, 140, 170, 131, 68,
                        100);
    }

    @Test
    void hueRotatesTheColourCircle() {
        byte[] right = picture();
        PillowColors.hue(right, 0.1);
        assertThat(values(right))
                .containsExactly(
                        200, 78, 31, 13, 250, 152, 0, 0, 0, 255, 255, 255, 90, 90, 90, 1, 1, 3, 198, 130, 250, 254, 12,
                        0);

        byte[] left = picture();
        PillowColors.hue(left, -0.2);
        assertThat(values(left))
                .containsExactly(
                        118, 31, 200, 250, 203, 13, 0, 0, 0, 255, 255, 255, 90, 90, 90, 1, 3, 2, 130, 250, 223, 72, 0,
                        254);

        byte[] hardly = picture();
        PillowColors.hue(hardly, 0.0001);
        assertThat(values(hardly))
                .as("hue and saturation are rounded to bytes even so")
                .containsExactly(
                        200, 31, 78, 13, 250, 13, 0, 0, 0, 255, 255, 255, 90, 90, 90, 1, 2, 3, 130, 133, 250, 254, 0,
                        131);
    }

    @Test
    void drawsFactorsWithinTheirBoundsAndEveryOrder() {
        ColorJitter jitter = new ColorJitter(0.4, 0, 0, 0);
        SplittableRandom random = new SplittableRandom(7);
        int darkest = 255;
        int brightest = 0;
        for (int i = 0; i < 2000; i++) {
            RgbImage image = TestPictures.solid(1, 1, 100, 100, 100);
            jitter.apply(image, random);
            darkest = Math.min(darkest, image.pixels()[0] & 0xff);
            brightest = Math.max(brightest, image.pixels()[0] & 0xff);
        }
        assertThat(darkest).isEqualTo(60);
        assertThat(brightest).isEqualTo(139);
    }

    @Test
    void drawsNoRandomNumbersWithoutJitter() {
        SplittableRandom random = new SplittableRandom(7);
        RgbImage image = TestPictures.noise(4, 4, 1);

        ColorJitter.NONE.apply(image, random);

        assertThat(image).isEqualTo(TestPictures.noise(4, 4, 1));
        assertThat(random.nextLong()).isEqualTo(new SplittableRandom(7).nextLong());
    }

    @Test
    void refusesValuesOutOfRange() {
        assertThatThrownBy(() -> new ColorJitter(0.4, 0.4, 0.4, 0.6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The colour jitter is [0.4, 0.4, 0.4, 0.6] but must be at least 0, and at most 0.5 for the hue."
                                + " Set data.color-jitter to e.g. [0.4, 0.4, 0.4, 0.1].");
    }

    private static byte[] picture() {
        byte[] pixels = new byte[PICTURE.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) PICTURE[i];
        }
        return pixels;
    }

    private static int[] values(byte[] pixels) {
        int[] values = new int[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = pixels[i] & 0xff;
        }
        return values;
    }
}
