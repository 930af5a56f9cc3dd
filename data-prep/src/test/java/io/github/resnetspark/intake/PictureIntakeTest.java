package io.github.resnetspark.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.ImageHeader;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.image.SixteenBit;
import io.github.resnetspark.intake.PictureIntake.StoredPicture;
import io.github.resnetspark.intake.PictureSettings.PictureCheck;
import io.github.resnetspark.message.data.PrepareSettingFailures;
import io.github.resnetspark.message.model.JpegReasons;
import io.github.resnetspark.message.model.PictureNotices;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PictureIntakeTest {
    private static final int CLOSE = 3;

    private final PictureIntake intake = new PictureIntake(PictureSettings.DEFAULT, Split.TRAIN);

    @Test
    void keepsPicturesUnchangedThatAllDecodersAgreeOn() throws IOException {
        byte[] jpeg = OddPictures.jpeg(20, 10, 200, 100, 50);

        keeps(jpeg);
        keeps(OddPictures.greyJpeg(9, 7, 120));
        keeps(OddPictures.turned(jpeg));
        keeps(OddPictures.brokenProfile(jpeg));
        keeps(new ImageCodec().encodePng(new ImageCodec().decode(jpeg)));
        assertThat(take(OddPictures.turned(jpeg)).width()).as("not turned").isEqualTo(20);
    }

    @Test
    void convertsCmykInksToColours() throws IOException {
        // Inverted inks: no cyan, half magenta, full yellow, no black.
        converts(OddPictures.cmyk(16, 8, 255, 128, 0, 255), 255, 128, 0);
        converts(OddPictures.cmyk(16, 8, 255, 255, 255, 100), 100, 100, 100);
        // Y = 200 without colour gives 55 of each inverted ink.
        converts(OddPictures.ycck(16, 8, 200, 128, 128, 255), 55, 55, 55);
    }

    @Test
    void convertsDeepAndTransparentPicturesAndBitmapsToJpeg() throws IOException {
        converts(OddPictures.deepPng(16, 8, 150 << 8), 150, 150, 150);
        converts(OddPictures.transparentPng(16, 8, 10, 200, 60, 128), 10, 200, 60);
        converts(OddPictures.bmp(16, 8, 10, 200, 60), 10, 200, 60);
    }

    @ParameterizedTest
    @CsvSource({
        "4095,HIGH_BYTE,15,DARKENED",
        "16383,HIGH_BYTE,63,DARKENED",
        "16384,HIGH_BYTE,64,AS_IT_CAME",
        "4095,STRETCH,255,AS_IT_CAME",
        "2048,STRETCH,128,AS_IT_CAME",
        "65535,STRETCH,255,AS_IT_CAME"
    })
    void picturesOf16BitsAreStretchedIfWantedAndCalledDarkIfNot(
            int grey, SixteenBit rule, int stored, StoredPicture.Tone tone) throws IOException {
        PictureIntake each = new PictureIntake(
                new PictureSettings(PictureCheck.HEADER, ResizePolicy.NONE, ResizePolicy.NONE, 95, rule), Split.TRAIN);

        StoredPicture picture = each.take(OddPictures.deepPng(16, 8, grey), PictureIntake.Pixels.WANTED);

        assertThat(picture.tone()).isEqualTo(tone);
        assertThat(picture.decoded().orElseThrow().pixels()[0] & 0xff).isBetween(stored - CLOSE, stored + CLOSE);
    }

    @Test
    void convertsAWebPToJpegWhateverItsName() throws IOException {
        // 16 x 8 pixels of one colour, written by libwebp's cwebp -lossless.
        byte[] webP =
                HexFormat.of().parseHex("524946461e000000574542505650384c110000002f0fc001000750b22257a6ff8188e87f0000");

        converts(webP, 200, 100, 50);
    }

    @ParameterizedTest
    @EnumSource(PictureCheck.class)
    void everyCheckRefusesFilesThatAreNotPictures(PictureCheck check) {
        PictureIntake each =
                new PictureIntake(new PictureSettings(check, ResizePolicy.NONE, ResizePolicy.NONE, 95), Split.TRAIN);
        byte[] jpeg = OddPictures.jpeg(20, 10, 200, 100, 50);

        refuses(each, new byte[0], PictureNotices.empty());
        refuses(each, new byte[] {'G', 'I', 'F'}, PictureNotices.unknownFormat());
        refuses(each, Arrays.copyOf(jpeg, jpeg.length - 5), PictureNotices.jpegWithoutEnd());
        refuses(each, OddPictures.bomb(), PictureNotices.tooManyPixels(65500, 65500, 67108864));
    }

    @Test
    void onlyDecodingFindsDamageInTheMiddle() {
        byte[] png = new ImageCodec().encodePng(new RgbImage(20, 20, new byte[1200]));
        png[60] ^= 1;
        PictureIntake header = new PictureIntake(
                new PictureSettings(PictureCheck.HEADER, ResizePolicy.NONE, ResizePolicy.NONE, 95), Split.TRAIN);

        StoredPicture stored = header.take(png, PictureIntake.Pixels.NOT_WANTED);
        assertThat(stored.bytes()).isSameAs(png);
        assertThat(stored.decoded()).isEmpty();
        refuses(intake, png, PictureNotices.pngChecksum("IDAT"));
        assertThatThrownBy(() -> header.take(png, PictureIntake.Pixels.WANTED)).isInstanceOf(ImageException.class);
    }

    @Test
    void refusesJpegsThatLibjpegWouldFillWithGrey() {
        byte[] jpeg = OddPictures.jpeg(200, 150, 200, 100, 50);
        byte[] half = Arrays.copyOf(jpeg, jpeg.length * 4 / 5);
        half[half.length - 2] = (byte) 0xff;
        half[half.length - 1] = (byte) 0xd9;
        PictureIntake header = new PictureIntake(
                new PictureSettings(PictureCheck.HEADER, ResizePolicy.NONE, ResizePolicy.NONE, 95), Split.TRAIN);
        PictureIntake shrinking = new PictureIntake(
                new PictureSettings(PictureCheck.HEADER, ResizePolicy.of("short-side 64"), ResizePolicy.NONE, 95),
                Split.TRAIN);

        String early = PictureNotices.damagedJpeg(JpegReasons.atRow(JpegReasons.endsEarly(), 80, 150));
        refuses(intake, half, early);
        refuses(shrinking, half, early);
        assertThat(header.take(half, PictureIntake.Pixels.NOT_WANTED).bytes()).isSameAs(half);
        byte[] noted = Arrays.copyOf(jpeg, jpeg.length + 5);
        keeps(noted);
    }

    @ParameterizedTest
    @CsvSource({
        "none,500,375,500,375",
        "short-side 256,500,375,341,256",
        "short-side 256,375,500,256,341",
        "short-side 256,256,300,256,300",
        "short-side 256,32,32,32,32",
        "max-side 100,500,375,100,75",
        "max-side 100,3,700,1,100",
        "max-side 100,90,100,90,100",
        "square 64,500,375,64,64",
        "square 64,32,32,64,64",
        "square 64,64,64,64,64"
    })
    void resizesPicturesAccordingToThePolicy(String text, int width, int height, int storedWidth, int storedHeight) {
        ResizePolicy policy = ResizePolicy.of(text);
        PictureIntake resizing =
                new PictureIntake(new PictureSettings(PictureCheck.DECODE, policy, ResizePolicy.NONE, 90), Split.TRAIN);
        byte[] jpeg = OddPictures.jpeg(width, height, 90, 60, 30);

        StoredPicture stored = resizing.take(jpeg, PictureIntake.Pixels.WANTED);

        assertThat(policy.text()).isEqualTo(text);
        assertThat(stored.width()).isEqualTo(storedWidth);
        assertThat(stored.height()).isEqualTo(storedHeight);
        RgbImage decoded = new ImageCodec().decode(stored.bytes());
        assertThat(stored.decoded()).contains(decoded);
        assertThat(decoded.width()).isEqualTo(storedWidth);
        assertThat(stored.bytes() == jpeg).isEqualTo(width == storedWidth && height == storedHeight);
        assertThat(new PictureIntake(
                                new PictureSettings(PictureCheck.DECODE, policy, ResizePolicy.NONE, 90),
                                Split.VALIDATION)
                        .take(jpeg, PictureIntake.Pixels.NOT_WANTED)
                        .bytes())
                .as("the validation split has a policy of its own")
                .isSameAs(jpeg);
    }

    @Test
    void storesRawPixelsLosslesslyUnlessTheyShrink() {
        RgbImage image = new RgbImage(40, 40, new byte[4800]);
        PictureIntake shrinking = new PictureIntake(
                new PictureSettings(PictureCheck.DECODE, ResizePolicy.of("max-side 20"), ResizePolicy.NONE, 90),
                Split.TRAIN);

        StoredPicture kept = intake.take(image, PictureIntake.Pixels.NOT_WANTED);
        assertThat(new ImageCodec().decode(kept.bytes())).isEqualTo(image);
        assertThat(ImageHeader.of(kept.bytes()).format()).isEqualTo(ImageHeader.Format.PNG);
        StoredPicture shrunk = shrinking.take(image, PictureIntake.Pixels.NOT_WANTED);
        assertThat(ImageHeader.of(shrunk.bytes()).format()).isEqualTo(ImageHeader.Format.JPEG);
        assertThat(shrunk.width()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({"short-side", "short-side 0", "256", "side 3", "square -4", "NONE"})
    void refusesAnUnknownResizePolicy(String text) {
        assertThatThrownBy(() -> ResizePolicy.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(PrepareSettingFailures.resize(text));
    }

    private StoredPicture take(byte[] encoded) {
        return intake.take(encoded, PictureIntake.Pixels.WANTED);
    }

    private void keeps(byte[] encoded) {
        assertThat(take(encoded).bytes()).isSameAs(encoded);
    }

    private void converts(byte[] encoded, int red, int green, int blue) {
        StoredPicture stored = take(encoded);
        ImageHeader header = ImageHeader.of(stored.bytes());
        assertThat(header).isEqualTo(new ImageHeader(ImageHeader.Format.JPEG, 16, 8, ImageHeader.Samples.PLAIN));
        byte[] pixels = stored.decoded().orElseThrow().pixels();
        int[] expected = {red, green, blue};
        for (int i = 0; i < pixels.length; i++) {
            assertThat(pixels[i] & 0xff).isBetween(expected[i % 3] - CLOSE, expected[i % 3] + CLOSE);
        }
    }

    private static void refuses(PictureIntake intake, byte[] encoded, String message) {
        assertThatThrownBy(() -> intake.take(encoded, PictureIntake.Pixels.NOT_WANTED))
                .isInstanceOf(ImageException.class)
                .hasMessage(message);
    }
}
