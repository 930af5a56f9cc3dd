package io.github.resnetspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.image.RgbImage.Crop;
import io.github.resnetspark.image.jpeg.JpegSegments;
import io.github.resnetspark.message.model.PictureNotices;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CropDecoderTest {
    private static final int SIZE = 40;

    private final ImageCodec codec = new ImageCodec();

    @Test
    void reducesOnlyWhileTheCropStaysLargeEnough() {
        assertThat(CropDecoder.reduction(new Crop(0, 0, 447, 500), 224)).isEqualTo(1);
        assertThat(CropDecoder.reduction(new Crop(0, 0, 448, 500), 224)).isEqualTo(2);
        assertThat(CropDecoder.reduction(new Crop(5, 5, 900, 895), 224)).isEqualTo(2);
        assertThat(CropDecoder.reduction(new Crop(5, 5, 900, 896), 224)).isEqualTo(4);
        assertThat(CropDecoder.reduction(new Crop(0, 0, 9000, 5000), 224)).isEqualTo(8);
        assertThat(CropDecoder.reduction(new Crop(0, 0, 100, 80), 224)).isEqualTo(1);
    }

    @Test
    void aReducedCropIsTheSamePartToTheNearestPixel() {
        assertThat(new Crop(3, 4, 9, 8).reduced(2)).isEqualTo(new Crop(2, 2, 4, 4));
        assertThat(new Crop(8, 0, 16, 24).reduced(8)).isEqualTo(new Crop(1, 0, 2, 3));
    }

    static Stream<Arguments> kinds() {
        RgbImage image = soft(123, 151, 1);
        return Stream.of(
                Arguments.of("4:2:0", JpegVariants.sampled(image, 2, 2), true),
                Arguments.of("4:2:2", JpegVariants.sampled(image, 2, 1), true),
                Arguments.of("4:4:0", JpegVariants.sampled(image, 1, 2), true),
                Arguments.of("4:4:4", JpegVariants.sampled(image, 1, 1), true),
                Arguments.of("greyscale", TestPictures.greyscale(".jpg", 123, 151, 99), true),
                Arguments.of("progressive", JpegVariants.progressive(image), false),
                Arguments.of("PNG", new ImageCodec().encodePng(image), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void anUnscaledCropEqualsTheWholePictureByteForByte(String kind, byte[] encoded, boolean canBeCut) {
        ImageHeader header = codec.header(encoded);
        RgbImage whole = codec.decode(encoded);
        assertThat(header.format() == ImageHeader.Format.JPEG
                        && new JpegSegments(encoded).cut().isPresent())
                .isEqualTo(canBeCut);
        try (CropDecoder decoder = new CropDecoder(SIZE)) {
            for (int top = 0; top <= 151 - SIZE; top++) {
                RgbImage part = decoder.decode(encoded, header, new Crop(top / 2, top, SIZE, SIZE));
                for (int y = 0; y < SIZE; y++) {
                    int from = ((top + y) * 123 + top / 2) * 3;
                    assertThat(Arrays.copyOfRange(part.pixels(), y * SIZE * 3, (y + 1) * SIZE * 3))
                            .as("row %d of the crop at %d", y, top)
                            .isEqualTo(Arrays.copyOfRange(whole.pixels(), from, from + SIZE * 3));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void aReducedCropResemblesTheScaledWholePicture(String kind, byte[] encoded, boolean canBeCut) {
        ImageHeader header = codec.header(encoded);
        RgbImage whole = codec.decode(encoded);
        try (CropDecoder decoder = new CropDecoder(16)) {
            for (int side : new int[] {123, 80, 64, 40}) {
                Crop crop = new Crop((123 - side) / 2, (151 - side) / 2, side, side);
                RgbImage scaled = decoder.decode(encoded, header, crop);
                RgbImage expected = new TriangleResampler().resize(cut(whole, crop), 16, 16);
                double difference = 0;
                for (int i = 0; i < expected.pixels().length; i++) {
                    difference += Math.abs((scaled.pixels()[i] & 0xff) - (expected.pixels()[i] & 0xff));
                }
                assertThat(difference / expected.pixels().length)
                        .as("mean difference of a crop of %d", side)
                        .isLessThan(6);
            }
        }
    }

    @Test
    void cutsNothingThatHasRestartMarkersOrNoEnd() {
        byte[] jpeg = TestPictures.jpeg(soft(60, 60, 2));
        assertThat(new JpegSegments(jpeg).cut()).isPresent();
        assertThat(new JpegSegments(Arrays.copyOf(jpeg, jpeg.length - 2)).cut()).isEmpty();
        byte[] restarting = new byte[jpeg.length + 6];
        System.arraycopy(jpeg, 0, restarting, 0, 2);
        System.arraycopy(new byte[] {(byte) 0xff, (byte) 0xdd, 0, 4, 0, 9}, 0, restarting, 2, 6);
        System.arraycopy(jpeg, 2, restarting, 8, jpeg.length - 2);
        assertThat(new JpegSegments(restarting).cut()).isEmpty();
    }

    @Test
    void decodesTheNextPictureAfterADamagedOne() {
        byte[] good = TestPictures.jpeg(soft(90, 90, 3));
        byte[] damaged = good.clone();
        Arrays.fill(damaged, 4, 150, (byte) 0);
        byte[] cutOff = Arrays.copyOf(good, good.length - 9);
        Crop crop = new Crop(0, 0, 50, 50);
        try (CropDecoder decoder = new CropDecoder(SIZE)) {
            byte[] before =
                    decoder.decode(good, codec.header(good), crop).pixels().clone();

            assertThatThrownBy(() -> decoder.decode(damaged, codec.header(good), crop))
                    .isInstanceOf(ImageException.class)
                    .hasMessage(PictureNotices.doesNotDecode("JPEG"));
            assertThatThrownBy(() -> decoder.decode(cutOff, codec.header(good), crop))
                    .isInstanceOf(ImageException.class)
                    .hasMessage(PictureNotices.jpegWithoutEnd());
            assertThat(decoder.decode(good, codec.header(good), crop).pixels()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x5a, 0xa5})
    void aPictureOfTheMarkingColourIsNotDamaged(int grey) {
        byte[] picture = TestPictures.greyscale(".png", 40, 50, grey);
        try (CropDecoder decoder = new CropDecoder(SIZE)) {
            assertThat(decoder.decode(picture, codec.header(picture), new Crop(0, 5, 40, 40))
                            .pixels())
                    .containsOnly(grey);
        }
    }

    @Test
    void refusesAHeaderOfAnotherSize() {
        byte[] jpeg = TestPictures.jpeg(soft(90, 90, 3));
        ImageHeader wrong = new ImageHeader(ImageHeader.Format.JPEG, 80, 90, ImageHeader.Samples.PLAIN);
        try (CropDecoder decoder = new CropDecoder(SIZE)) {
            assertThatThrownBy(() -> decoder.decode(jpeg, wrong, new Crop(0, 0, 80, 90)))
                    .isInstanceOf(ImageException.class)
                    .hasMessage(PictureNotices.otherReducedSize(80, 90, 45, 45, 40, 45));
        }
    }

    private static RgbImage cut(RgbImage image, Crop crop) {
        byte[] pixels = new byte[crop.width() * crop.height() * 3];
        for (int y = 0; y < crop.height(); y++) {
            int from = ((crop.top() + y) * image.width() + crop.left()) * 3;
            System.arraycopy(image.pixels(), from, pixels, y * crop.width() * 3, crop.width() * 3);
        }
        return new RgbImage(crop.width(), crop.height(), pixels);
    }

    /** Smooth noise, which JPEG preserves. */
    private static RgbImage soft(int width, int height, long seed) {
        RgbImage coarse = TestPictures.noise(width / 20 + 1, height / 20 + 1, new SplittableRandom(seed).nextLong());
        return new TriangleResampler().resize(coarse, width, height);
    }
}
