package io.github.resnetspark.image.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.TestPictures;
import io.github.resnetspark.message.model.JpegReasons;
import io.github.resnetspark.message.model.PictureNotices;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JpegScansTest {
    private static final int SEEDS = 12;
    private static final byte[] END = {(byte) 0xff, (byte) 0xd9};
    /** libjpeg's warnings about damage. Stray bytes are not damage. */
    private static final Pattern DAMAGE =
            Pattern.compile("(?i).*(premature end|bad huffman code|instead of RST|invalid|bogus huffman).*");

    private static ImageCodec codec;

    @BeforeAll
    static void load() {
        codec = new ImageCodec();
    }

    /** How a picture is encoded. */
    enum Kind {
        BASELINE,
        OPTIMIZED,
        RESTARTS,
        PROGRESSIVE,
        PROGRESSIVE_RESTARTS,
        FULL_COLOUR,
        GREY,
        GREY_PROGRESSIVE,
        CMYK;

        byte[] write(int width, int height, long seed) throws IOException {
            byte[] pixels = painted(width, height, seed);
            return switch (this) {
                case BASELINE -> encoded(width, height, pixels);
                case OPTIMIZED -> encoded(width, height, pixels, opencv_imgcodecs.IMWRITE_JPEG_OPTIMIZE, 1);
                case RESTARTS -> encoded(width, height, pixels, opencv_imgcodecs.IMWRITE_JPEG_RST_INTERVAL, 5);
                case PROGRESSIVE -> encoded(width, height, pixels, opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1);
                case PROGRESSIVE_RESTARTS ->
                    encoded(
                            width,
                            height,
                            pixels,
                            opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE,
                            1,
                            opencv_imgcodecs.IMWRITE_JPEG_RST_INTERVAL,
                            7);
                case FULL_COLOUR ->
                    encoded(width, height, pixels, opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR, 0x111111);
                case GREY -> encoded(width, height, Arrays.copyOf(pixels, width * height));
                case GREY_PROGRESSIVE ->
                    encoded(
                            width,
                            height,
                            Arrays.copyOf(pixels, width * height),
                            opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE,
                            1);
                case CMYK -> cmyk(width, height, pixels);
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void findsNoDamageInNewPictures(Kind kind) throws IOException {
        int[] sides = {1, 7, 8, 9, 16, 17, 33, 100, 231};
        for (int seed = 0; seed < 40; seed++) {
            byte[] jpeg = kind.write(sides[seed % 9], sides[seed * 5 / 3 % 9], seed);
            JpegScans scans = new JpegScans(jpeg);

            assertThat(scans.damage()).isEmpty();
            assertThat(scans.withoutStrayBytes()).isSameAs(jpeg);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void halfAPictureWithAnEndMarkerIsDamaged(Kind kind) throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            byte[] jpeg = kind.write(120, 90, seed);
            byte[] half = Arrays.copyOf(jpeg, jpeg.length / 2);

            assertThat(new JpegScans(joined(half, END)).damage()).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void zerosInTheDataAreDamage(Kind kind) throws IOException {
        int found = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            byte[] jpeg = kind.write(240, 180, seed);
            Arrays.fill(jpeg, jpeg.length / 2, jpeg.length / 2 + 512, (byte) 0);

            found += new JpegScans(jpeg).damage().isPresent() ? 1 : 0;
        }
        // By chance, the data of a picture may be valid in spite of the zeros.
        assertThat(found).isGreaterThanOrEqualTo(SEEDS - 1);
    }

    /** Compares with the libjpeg of the JDK, which reports its first warning. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void findsAllDamageThatLibjpegReports(Kind kind) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        int judged = 0;
        for (int seed = 0; seed < 30 * SEEDS; seed++) {
            byte[] jpeg = kind.write(100, 70, seed);
            int scan = firstScan(jpeg);
            for (int flips = seed % 6; flips >= 0; flips--) {
                jpeg[random.nextInt(scan, jpeg.length - 2)] ^= (byte) (1 << random.nextInt(8));
            }
            if (DAMAGE.matcher(warning(jpeg)).matches()) {
                judged++;
                assertThat(new JpegScans(jpeg).damage()).as(kind + " " + seed).isPresent();
            }
        }
        assertThat(judged).isGreaterThanOrEqualTo(10);
    }

    @Test
    void saysWhatIsWrongAndWhere() throws IOException {
        byte[] jpeg = Kind.BASELINE.write(160, 120, 1);
        int scan = firstScan(jpeg);
        byte[] half = joined(Arrays.copyOf(jpeg, scan + (jpeg.length - scan) / 2), END);

        refuses(half, damaged(JpegReasons.endsEarly(), 48));
        byte[] restarts = Kind.RESTARTS.write(160, 120, 1);
        int first = marker(restarts, 0xd0);
        byte[] lost = joined(Arrays.copyOf(restarts, first), Arrays.copyOfRange(restarts, first + 2, restarts.length));
        refuses(lost, damaged(JpegReasons.continuesAfterLastBlock(), 0));
        restarts[first + 1]++;
        refuses(restarts, damaged(JpegReasons.missingRestartMarker(), 0));
        byte[] flat = codec.encodeJpeg(TestPictures.solid(160, 120, 255, 255, 255), 95);
        byte[] halfAgain = joined(Arrays.copyOf(flat, firstScan(flat)), END);
        refuses(halfAgain, damaged(JpegReasons.endsEarly(), 0));
    }

    @Test
    void aPictureWithoutItsLastScansIsDamaged() throws IOException {
        byte[] jpeg = Kind.BASELINE.write(16, 16, 1);
        byte[] none = joined(Arrays.copyOf(jpeg, marker(jpeg, 0xda)), END);

        assertThat(new JpegScans(none).damage()).contains(JpegReasons.missingScan());
        byte[] progressive = Kind.PROGRESSIVE.write(100, 80, 1);
        int scans = 0;
        for (int at = marker(progressive, 0xda); at < progressive.length - 1; at++) {
            if (progressive[at] == (byte) 0xff && progressive[at + 1] == (byte) 0xda) {
                byte[] fewer = joined(Arrays.copyOf(progressive, at), END);
                assertThat(new JpegScans(fewer).damage()).contains(JpegReasons.missingScan());
                scans++;
            }
        }
        assertThat(scans).isEqualTo(10);
    }

    @Test
    void refusesAPictureWithTooManyScansBeforeDecoding() throws IOException {
        byte[] jpeg = Kind.GREY.write(16, 16, 1);
        int from = marker(jpeg, 0xda);
        byte[] scan = Arrays.copyOfRange(jpeg, from, jpeg.length - 2);
        ByteArrayOutputStream endless = new ByteArrayOutputStream();
        endless.write(jpeg, 0, from);
        for (int i = 0; i < 1001; i++) {
            endless.writeBytes(scan);
        }
        endless.writeBytes(END);

        refuses(endless.toByteArray(), PictureNotices.damagedJpeg(JpegReasons.tooManyScans(1000)));
    }

    /** Some cameras add padding, and some programs add notes. Decoders skip both. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void removesStrayBytesAroundTheData(Kind kind) throws IOException {
        for (byte[] stray : List.of(new byte[] {0}, new byte[512], "a note\n".getBytes(StandardCharsets.US_ASCII))) {
            byte[] jpeg = kind.write(90, 70, 4);
            byte[] without = Arrays.copyOf(jpeg, jpeg.length - 2);
            int scan = marker(jpeg, 0xda);
            byte[] before = joined(joined(without, stray), END);
            byte[] behind = joined(jpeg, stray);
            byte[] between =
                    joined(joined(Arrays.copyOf(jpeg, scan), stray), Arrays.copyOfRange(jpeg, scan, jpeg.length));

            for (byte[] odd : List.of(before, between)) {
                JpegScans scans = new JpegScans(odd);
                assertThat(scans.damage()).isEmpty();
                assertThat(scans.withoutStrayBytes()).isEqualTo(jpeg);
            }
            assertThat(new JpegScans(behind).damage()).isEmpty();
            for (byte[] odd : List.of(before, behind, between)) {
                assertThat(codec.decode(odd)).isEqualTo(codec.decode(jpeg));
            }
        }
    }

    @Test
    void brokenPicturesThrowNoOtherExceptions() throws IOException {
        SplittableRandom random = new SplittableRandom(8);
        for (int seed = 0; seed < 4000; seed++) {
            byte[] jpeg = Kind.values()[seed % Kind.values().length].write(20, 20, seed % 30);
            for (int change = 0; change < 4; change++) {
                jpeg[random.nextInt(2, jpeg.length)] = (byte) random.nextInt();
            }
            byte[] cut = random.nextInt(4) == 0 ? Arrays.copyOf(jpeg, random.nextInt(2, jpeg.length)) : jpeg;
            JpegScans scans = new JpegScans(cut);
            scans.damage();
            assertThat(scans.withoutStrayBytes().length).isLessThanOrEqualTo(cut.length);
        }
    }

    @Test
    void findsNoDamageInRealPictures() throws IOException {
        String data = System.getenv("RESNET_SPARK_TEST_DATA");
        assumeTrue(data != null);
        int read = 0;
        try (Stream<Path> files = Files.walk(Path.of(data, "imagenet"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (bytes.length > 2 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xd8) {
                    assertThat(new JpegScans(bytes).damage())
                            .as(file.toString())
                            .isEmpty();
                    read++;
                }
            }
        }
        assertThat(read).isGreaterThan(800);
    }

    private static String damaged(String reason, int row) {
        return PictureNotices.damagedJpeg(JpegReasons.atRow(reason, row, 120));
    }

    private void refuses(byte[] jpeg, String message) {
        assertThatThrownBy(() -> codec.decode(jpeg))
                .isInstanceOf(ImageException.class)
                .hasMessage(message);
    }

    /** Smooth areas, edges and some noise, as in photographs. */
    private static byte[] painted(int width, int height, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] waves = random.doubles(9, 0.01, 0.3).toArray();
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.length; i++) {
            int channel = i % 3;
            int x = i / 3 % width;
            int y = i / 3 / width;
            double value = 128
                    + 70 * Math.sin(waves[channel] * x + waves[channel + 3] * y)
                    + (x * waves[6] + y * waves[7] > 9 ? 40 : -40)
                    + random.nextInt(-6, 7);
            pixels[i] = (byte) Math.max(0, Math.min(255, value));
        }
        return pixels;
    }

    private static byte[] encoded(int width, int height, byte[] pixels, int... options) {
        int type = pixels.length == width * height ? opencv_core.CV_8UC1 : opencv_core.CV_8UC3;
        try (BytePointer data = new BytePointer(pixels);
                Mat mat = new Mat(height, width, type, data);
                BytePointer encoded = new BytePointer();
                IntPointer flags = new IntPointer(options)) {
            opencv_imgcodecs.imencode(".jpg", mat, encoded, flags);
            byte[] bytes = new byte[(int) encoded.limit()];
            encoded.get(bytes);
            return bytes;
        }
    }

    private static byte[] cmyk(int width, int height, byte[] pixels) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(0, width, height, 4, null);
        for (int i = 0; i < width * height; i++) {
            for (int band = 0; band < 4; band++) {
                raster.setSample(i % width, i / width, band, pixels[3 * i + band % 3] & 0xff);
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static String warning(byte[] jpeg) throws IOException {
        StringBuilder said = new StringBuilder();
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.addIIOReadWarningListener((source, warning) -> said.append(warning));
            reader.setInput(in);
            reader.readRaster(0, null);
        } catch (IOException e) {
            said.append(e.getMessage());
        } finally {
            reader.dispose();
        }
        return said.toString().replaceAll("\\s+", " ");
    }

    private static int firstScan(byte[] jpeg) {
        int at = marker(jpeg, 0xda);
        return at + 2 + ((jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff));
    }

    private static int marker(byte[] jpeg, int code) {
        for (int at = 2; at + 1 < jpeg.length; at++) {
            if (jpeg[at] == (byte) 0xff && jpeg[at + 1] == (byte) code) {
                return at;
            }
        }
        throw new IllegalArgumentException("no marker " + code);
    }

    private static byte[] joined(byte[] some, byte[] more) {
        byte[] both = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, both, some.length, more.length);
        return both;
    }
}
