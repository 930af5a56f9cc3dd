package io.github.resnetspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.image.ImageCodec.DecodedPicture;
import io.github.resnetspark.message.model.PictureNotices;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageCodecTest {
    private final ImageCodec codec = new ImageCodec();

    @ParameterizedTest
    @CsvSource({"1,1", "32,32", "7,300", "301,5"})
    void pngPreservesEveryPixel(int width, int height) {
        RgbImage image = TestPictures.noise(width, height, 5);

        assertThat(codec.decode(codec.encodePng(image))).isEqualTo(image);
    }

    @Test
    void encodesEqualPicturesToEqualBytes() {
        assertThat(codec.encodePng(TestPictures.noise(32, 32, 9)))
                .isEqualTo(codec.encodePng(TestPictures.noise(32, 32, 9)));
    }

    @Test
    void redIsTheFirstChannelOfAJpeg() {
        byte[] pixels = codec.decode(TestPictures.jpeg(TestPictures.solid(16, 8, 250, 20, 90)))
                .pixels();

        assertThat(pixels[0] & 0xff).isCloseTo(250, org.assertj.core.data.Offset.offset(3));
        assertThat(pixels[1] & 0xff).isCloseTo(20, org.assertj.core.data.Offset.offset(3));
        assertThat(pixels[2] & 0xff).isCloseTo(90, org.assertj.core.data.Offset.offset(3));
    }

    @ParameterizedTest
    @CsvSource({".jpg", ".png"})
    void greyBecomesThreeEqualChannels(String extension) {
        RgbImage image = codec.decode(TestPictures.greyscale(extension, 9, 4, 120));

        assertThat(image.width()).isEqualTo(9);
        assertThat(image.height()).isEqualTo(4);
        assertThat(image.pixels()).containsOnly(120);
    }

    @Test
    void readsTheSizeFromTheHeaderAlone() {
        byte[] jpeg = TestPictures.jpeg(TestPictures.noise(40, 30, 1));
        byte[] png = codec.encodePng(TestPictures.noise(41, 31, 1));

        assertThat(ImageHeader.of(jpeg))
                .isEqualTo(new ImageHeader(ImageHeader.Format.JPEG, 40, 30, ImageHeader.Samples.PLAIN));
        assertThat(ImageHeader.of(Arrays.copyOf(png, 33)))
                .isEqualTo(new ImageHeader(ImageHeader.Format.PNG, 41, 31, ImageHeader.Samples.PLAIN));
    }

    @ParameterizedTest
    @CsvSource({"21846,1", "1,21846", "257,1", "3,769"})
    void refusesStripsThatScalingWouldMakeTooLong(int width, int height) {
        byte[] strip = codec.encodePng(TestPictures.solid(width, height, 1, 2, 3));

        String message = PictureNotices.tooLong(width, height, 256);
        refuses(strip, message);
        assertThatThrownBy(() -> codec.inspect(strip)).hasMessage(message);
    }

    @Test
    void acceptsStripsUpToTheLimit() {
        assertThat(codec.decode(codec.encodePng(TestPictures.noise(512, 2, 1))).width())
                .isEqualTo(512);
    }

    @Test
    void refusesAPictureBeyondTheLimitBeforeDecodingIt() {
        byte[] bomb = codec.encodePng(TestPictures.solid(8, 8, 0, 0, 0));
        bomb[16] = 0x10;
        bomb[20] = 0x10;

        refuses(bomb, PictureNotices.tooManyPixels(268435464, 268435464, 67108864));
        assertThatThrownBy(() -> new ImageCodec(99).decode(codec.encodePng(TestPictures.noise(10, 10, 1))))
                .isInstanceOf(ImageException.class)
                .hasMessage(PictureNotices.tooManyPixels(10, 10, 99));
        assertThat(new ImageCodec(100)
                        .decode(codec.encodePng(TestPictures.noise(10, 10, 1)))
                        .width())
                .isEqualTo(10);
    }

    @Test
    void refusesFilesThatAreNotPictures() {
        refuses(new byte[0], PictureNotices.empty());
        refuses(new byte[] {1, 2, 3}, PictureNotices.unknownFormat());
        refuses(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, PictureNotices.endsBeforeSize("JPEG"));
        refuses(Arrays.copyOf(codec.encodePng(TestPictures.noise(9, 9, 1)), 20), PictureNotices.endsBeforeSize("PNG"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GIF89a......|a GIF",
                "II*~........|a TIFF",
                "MM~*........|a TIFF",
                "~~~$ftypheic~~~~mif1|a HEIC",
                "~~~$ftypmif1~~~~heic|a HEIC",
                "~~~$ftypmif1~~~~avif|an AVIF",
                "~~~$ftypavif~~~~mif1|an AVIF",
                "~~~$ftypisom~~~~mp42|a video",
                "%PDF-1.7 and more|a PDF document",
                "8BPS~~~~|a Photoshop file",
                "<svg xmlns='http://www.w3.org/2000/svg'/>|an SVG",
                "<?xml version='1.0'?><!-- drawn --><svg/>|an SVG"
            })
    void namesUnsupportedFormats(String begin, String name) {
        byte[] bytes =
                begin.replace('~', '\0').replace('$', (char) begin.length()).getBytes(StandardCharsets.ISO_8859_1);

        refuses(bytes, PictureNotices.unsupportedFormat(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><html>",
                "\u00ef\u00bb\u00bf\r\n  <!doctype HTML>",
                "<html lang='en'>",
                "\n<head>"
            })
    void saysThatADownloadFailed(String begin) {
        refuses(begin.getBytes(StandardCharsets.ISO_8859_1), PictureNotices.htmlPage());
    }

    @Test
    void recognisesOtherTextsInsteadOfPictures() {
        refuses(
                "<?xml version='1.0'?><Error><Code>AccessDenied".getBytes(StandardCharsets.US_ASCII),
                PictureNotices.xmlDocument());
        refuses(
                "version https://git-lfs.github.com/spec/v1\noid sha256:".getBytes(StandardCharsets.US_ASCII),
                PictureNotices.gitLfsPointer());
    }

    @Test
    void randomBytesThrowOnlyImageExceptions() {
        SplittableRandom random = new SplittableRandom(5);
        String[] begins = {"RIFF\0\0\0\0WEBPVP8 ", "RIFF\0\0\0\0WEBPVP8L", "RIFF\0\0\0\0WEBPVP8X", "\0\0\0\0ftyp", ""};
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(1, 60)];
            random.nextBytes(bytes);
            byte[] begin = begins[i % begins.length].getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(begin, 0, bytes, 0, Math.min(begin.length, bytes.length));
            try {
                assertThat(ImageHeader.of(bytes).pixels()).isPositive();
            } catch (ImageException e) {
                assertThat(e.getMessage()).endsWith(".");
            }
        }
    }

    @Test
    void aLosslessWebPPreservesEveryPixelAndTheColoursBelowTransparency() {
        RgbImage image = TestPictures.noise(33, 20, 5);
        byte[] lossless = TestPictures.webP(image, 101);
        byte[] transparent = TestPictures.transparentWebP(image, 128);

        assertThat(codec.inspect(lossless))
                .isEqualTo(new ImageHeader(ImageHeader.Format.WEBP, 33, 20, ImageHeader.Samples.PLAIN));
        assertThat(codec.decode(lossless)).isEqualTo(image);
        assertThat(codec.inspect(transparent))
                .isEqualTo(new ImageHeader(ImageHeader.Format.WEBP, 33, 20, ImageHeader.Samples.TRANSPARENT));
        assertThat(codec.decode(transparent)).isEqualTo(image);
    }

    @Test
    void readsALossyWebPUnlessItIsTruncatedOrTooLarge() {
        byte[] webP = TestPictures.webP(TestPictures.solid(64, 40, 250, 20, 90), 90);

        assertThat(codec.inspect(webP))
                .isEqualTo(new ImageHeader(ImageHeader.Format.WEBP, 64, 40, ImageHeader.Samples.PLAIN));
        byte[] pixels = codec.decode(webP).pixels();
        assertThat(pixels[0] & 0xff).isBetween(244, 255);
        assertThat(pixels[2] & 0xff).isBetween(84, 96);
        for (int length = 12; length < webP.length; length++) {
            refuses(Arrays.copyOf(webP, length), PictureNotices.webPTooShort());
        }
        assertThatThrownBy(() -> new ImageCodec(2000).inspect(webP))
                .hasMessage(PictureNotices.tooManyPixels(64, 40, 2000));
        webP[27] = 0x3f;
        refuses(webP, PictureNotices.tooLong(16192, 40, 256));
    }

    @Test
    void refusesAnAnimatedWebP() {
        byte[] animated = new byte[48];
        System.arraycopy("RIFF\50\0\0\0WEBPVP8X\12\0\0\0\2".getBytes(StandardCharsets.ISO_8859_1), 0, animated, 0, 21);

        refuses(animated, PictureNotices.animatedWebP());
    }

    @Test
    void refusesASizeOfZero() {
        byte[] png = codec.encodePng(TestPictures.noise(9, 9, 1));
        png[19] = 0;

        refuses(png, PictureNotices.impossibleSize(0, 9, "PNG"));
    }

    @Test
    void refusesATruncatedJpeg() {
        byte[] jpeg = TestPictures.jpeg(TestPictures.noise(64, 48, 3));

        for (int length = 1; length < jpeg.length; length += 13) {
            byte[] cut = Arrays.copyOf(jpeg, length);
            assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(ImageException.class);
        }
        refuses(Arrays.copyOf(jpeg, jpeg.length - 2), PictureNotices.jpegWithoutEnd());
    }

    @Test
    void refusesATruncatedOrChangedPng() {
        byte[] png = codec.encodePng(TestPictures.noise(32, 32, 3));
        byte[] changed = png.clone();
        changed[png.length / 2] ^= 1;

        refuses(Arrays.copyOf(png, png.length / 2), PictureNotices.pngWithoutEnd());
        refuses(changed, PictureNotices.pngChecksum("IDAT"));
    }

    @Test
    void ignoresDamageInPngChunksThatDoNotAffectPixels() {
        RgbImage image = TestPictures.noise(32, 32, 3);
        byte[] png = codec.encodePng(image);
        byte[] odd = new byte[png.length + 16];
        System.arraycopy(png, 0, odd, 0, 33);
        System.arraycopy(new byte[] {0, 0, 0, 4, 'i', 'C', 'C', 'P', 1, 2, 3, 4, 5, 6, 7, 8}, 0, odd, 33, 16);
        System.arraycopy(png, 33, odd, 49, png.length - 33);

        assertThat(codec.decode(odd)).isEqualTo(image);
        assertThat(new PngChunks(odd).checkedPixelChunks()).isEqualTo(png);
        assertThat(new PngChunks(png).checkedPixelChunks()).isSameAs(png);
    }

    @Test
    void storedPicturesAreDecodedWithoutASecondCheck() {
        byte[] jpeg = codec.encodeJpeg(TestPictures.noise(64, 48, 3), 95);
        byte[] damaged = Arrays.copyOf(jpeg, jpeg.length / 2);
        damaged[damaged.length - 2] = (byte) 0xff;
        damaged[damaged.length - 1] = (byte) 0xd9;

        assertThat(codec.decodeStored(jpeg)).isEqualTo(codec.decode(jpeg));
        assertThat(codec.decodeStored(damaged).height()).isEqualTo(48);
        assertThatThrownBy(() -> codec.decode(damaged)).isInstanceOf(ImageException.class);
    }

    /** 16-bit samples of blue, green and red, the bits they use, and the red, green and blue that each rule gives. */
    @ParameterizedTest
    @CsvSource({
        "4095,2048,0, 12, 0,8,15, 0,128,255",
        "65535,32768,256, 16, 1,128,255, 1,128,255",
        "1,0,1, 1, 0,0,0, 255,0,255",
        "0,0,0, 1, 0,0,0, 0,0,0",
        "1000,300,77, 10, 0,1,3, 19,75,249",
        "8191,5000,1, 13, 0,19,31, 0,156,255"
    })
    void bothRulesConvertSixteenBitsToEight(
            int blue,
            int green,
            int red,
            int bits,
            int highRed,
            int highGreen,
            int highBlue,
            int stretchedRed,
            int stretchedGreen,
            int stretchedBlue) {
        byte[] opaque = TestPictures.deepPng(1, 1, 3, (short) blue, (short) green, (short) red);
        byte[] transparent = TestPictures.deepPng(1, 1, 4, (short) blue, (short) green, (short) red, (short) 0xffff);

        for (byte[] png : List.of(opaque, transparent)) {
            DecodedPicture high = codec.decode(png, SixteenBit.HIGH_BYTE);
            assertThat(high.usedBits()).hasValue(bits);
            assertThat(high.image()).isEqualTo(codec.decode(png));
            assertThat(high.image()).isEqualTo(TestPictures.solid(1, 1, highRed, highGreen, highBlue));
            assertThat(codec.decode(png, SixteenBit.STRETCH).image())
                    .isEqualTo(TestPictures.solid(1, 1, stretchedRed, stretchedGreen, stretchedBlue));
        }
    }

    @Test
    void bothRulesConvertWholePicturesAndKeepEightBitPictures() {
        short[] samples = new short[31 * 17];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (i * 7);
        }
        byte[] grey = TestPictures.deepPng(31, 17, 1, samples);
        byte[] shallow = codec.encodePng(TestPictures.noise(9, 9, 1));

        assertThat(codec.decode(grey, SixteenBit.HIGH_BYTE).image()).isEqualTo(codec.decode(grey));
        byte[] stretched = codec.decode(grey, SixteenBit.STRETCH).image().pixels();
        for (int i = 0; i < stretched.length; i++) {
            assertThat(stretched[i] & 0xff).isEqualTo((int) Math.round(samples[i / 3] * 255 / 4095.0));
        }
        assertThat(codec.decode(shallow, SixteenBit.STRETCH))
                .isEqualTo(new DecodedPicture(codec.decode(shallow), OptionalInt.empty()));
    }

    @ParameterizedTest
    @CsvSource({"1,16,PLAIN", "3,8,TRANSPARENT", "6,8,TRANSPARENT", "2,16,DEEP"})
    void readsTheKindOfPixelsFromTheHeader(int colourType, int depth, ImageHeader.Samples samples) {
        byte[] png = codec.encodePng(TestPictures.noise(9, 9, 1));
        png[24] = (byte) depth;
        png[25] = (byte) colourType;
        if (colourType == 3) {
            System.arraycopy("tRNS".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, png, 37, 4);
        }
        if (samples == ImageHeader.Samples.PLAIN) {
            png[24] = 8;
        }

        assertThat(codec.inspect(png).samples()).isEqualTo(samples);
    }

    @Test
    void bmpPreservesEveryPixel() {
        RgbImage image = TestPictures.noise(7, 5, 2);
        byte[] bmp = TestPictures.bmp(image);

        assertThat(codec.decode(bmp)).isEqualTo(image);
        assertThat(codec.inspect(bmp))
                .isEqualTo(new ImageHeader(ImageHeader.Format.BMP, 7, 5, ImageHeader.Samples.PLAIN));
        bmp[22] = (byte) -5;
        bmp[23] = (byte) 0xff;
        bmp[24] = (byte) 0xff;
        bmp[25] = (byte) 0xff;
        assertThat(codec.inspect(bmp).height()).isEqualTo(5);
        refuses(Arrays.copyOf(bmp, 20), PictureNotices.endsBeforeSize("BMP"));
        bmp[14] = 12;
        refuses(bmp, PictureNotices.oldBmp());
    }

    @Test
    void anInspectionDetectsTruncationButNotChanges() {
        byte[] png = codec.encodePng(TestPictures.noise(32, 32, 3));
        byte[] jpeg = TestPictures.jpeg(TestPictures.noise(32, 32, 3));
        byte[] changed = png.clone();
        changed[png.length / 2] ^= 1;

        assertThat(codec.inspect(changed).width()).isEqualTo(32);
        for (int length = 0; length < png.length; length += 7) {
            byte[] cut = Arrays.copyOf(png, length);
            assertThatThrownBy(() -> codec.inspect(cut)).isInstanceOf(ImageException.class);
        }
        assertThatThrownBy(() -> codec.inspect(Arrays.copyOf(png, png.length - 3)))
                .hasMessage(PictureNotices.pngWithoutEnd());
        assertThatThrownBy(() -> codec.inspect(Arrays.copyOf(jpeg, jpeg.length - 3)))
                .hasMessage(PictureNotices.jpegWithoutEnd());
    }

    @Test
    void encodesAJpegOfTheRequestedQuality() {
        RgbImage image = TestPictures.coordinates(64, 48);

        byte[] fine = codec.encodeJpeg(image, 95);
        assertThat(fine).isEqualTo(codec.encodeJpeg(image, 95)).hasSizeGreaterThan(codec.encodeJpeg(image, 20).length);
        byte[] decoded = codec.decode(fine).pixels();
        for (int i = 0; i < decoded.length; i++) {
            assertThat((double) (decoded[i] & 0xff))
                    .isCloseTo(image.pixels()[i] & 0xff, org.assertj.core.data.Offset.offset(12.0));
        }
    }

    @Test
    void decodesTheSamePixelsInManyThreads() {
        List<byte[]> encoded = IntStream.range(0, 64)
                .mapToObj(i -> codec.encodePng(TestPictures.noise(20 + i, 30, i)))
                .toList();

        List<RgbImage> decoded = encoded.parallelStream().map(codec::decode).toList();

        for (int i = 0; i < encoded.size(); i++) {
            assertThat(decoded.get(i)).isEqualTo(TestPictures.noise(20 + i, 30, i));
        }
    }

    private void refuses(byte[] encoded, String message) {
        assertThatThrownBy(() -> codec.decode(encoded))
                .isInstanceOf(ImageException.class)
                .hasMessage(message);
    }
}
