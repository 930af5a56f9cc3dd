package io.github.resnetspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.message.model.PictureNotices;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TriangleResamplerTest {
    private final TriangleResampler resampler = new TriangleResampler();

    @Test
    void weighsTheNeighboursOfEveryOutputPixelByTheTriangle() {
        // The filter is two input pixels wide to each side: 0.375, 0.375, 0.25 of the first three, mirrored at the end;
        // Pillow cuts it off at the border and divides by what is left of it.
        RgbImage row = new RgbImage(4, 1, grey(0, 40, 80, 200));

        assertThat(resampler.resize(row, 2, 1).pixels())
                .containsExactly(
                        grey(Math.round((3 * 0 + 3 * 40 + 80) / 7f), Math.round((40 + 3 * 80 + 3 * 200) / 7f)));
        RgbImage column = new RgbImage(1, 4, grey(0, 40, 80, 200));
        assertThat(resampler.resize(column, 1, 2).pixels())
                .isEqualTo(resampler.resize(row, 2, 1).pixels());
    }

    @Test
    void isBilinearWhenItEnlarges() {
        RgbImage row = new RgbImage(2, 1, grey(0, 100));

        assertThat(resampler.resize(row, 4, 1).pixels()).containsExactly(grey(0, 25, 75, 100));
    }

    @Test
    void keepsPicturesOfTheSameSizeAndUniformColours() {
        SplittableRandom random = new SplittableRandom(2);
        RgbImage noise = TestPictures.noise(31, 17, 3);
        assertThat(resampler.resize(noise, 31, 17)).isSameAs(noise);
        for (int i = 0; i < 300; i++) {
            RgbImage solid = TestPictures.solid(1 + random.nextInt(90), 1 + random.nextInt(90), 255, 1, i % 256);
            int width = 1 + random.nextInt(90);
            int height = 1 + random.nextInt(90);

            assertThat(resampler.resize(solid, width, height))
                    .isEqualTo(TestPictures.solid(width, height, 255, 1, i % 256));
        }
    }

    @Test
    void theShortSideIsExactAndTheLongSideRoundedDown() {
        assertThat(resampler.resizeShortSide(TestPictures.noise(500, 375, 1), 256))
                .extracting(RgbImage::width, RgbImage::height)
                .containsExactly(341, 256);
        assertThat(resampler.resizeShortSide(TestPictures.noise(3, 1000, 1), 2))
                .extracting(RgbImage::width, RgbImage::height)
                .containsExactly(2, 666);
    }

    @Test
    void refusesAStripThatScalingWouldMakeTooLarge() {
        assertThatThrownBy(() -> resampler.resizeShortSide(TestPictures.solid(1, 300_000, 1, 1, 1), 256))
                .isInstanceOf(ImageException.class)
                .hasMessage(PictureNotices.tooLargeWhenScaled(1, 300_000, 256, 76_800_000, 67_108_864));
    }

    private static byte[] grey(int... values) {
        byte[] pixels = new byte[3 * values.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) values[i / 3];
        }
        return pixels;
    }
}
