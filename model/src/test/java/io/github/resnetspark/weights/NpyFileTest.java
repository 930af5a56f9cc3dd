package io.github.resnetspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resnetspark.message.model.NumpyFailures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {
    private static final byte[] SIX = NpyBytes.littleEndian(0, 1, 2, 3, 4, 5);
    private static final String HEADER = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsEveryVersionOfTheFormat(int version) throws IOException {
        Tensor tensor = read(NpyBytes.file(version, HEADER, SIX));

        assertThat(tensor.shape()).containsExactly(2, 3);
        assertThat(tensor.values()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void convertsColumnMajorToRowMajor() throws IOException {
        Tensor tensor = read(NpyBytes.file(1, HEADER.replace("False", "True"), SIX));

        assertThat(tensor.shape()).containsExactly(2, 3);
        assertThat(tensor.values()).containsExactly(0, 2, 4, 1, 3, 5);
    }

    /** The bytes of numpy.array([1, -2.5, 65504]). The last value is the largest half-precision number. */
    @ParameterizedTest
    @CsvSource({
        "<f2, 003c00c1ff7b",
        ">f2, 3c00c1007bff",
        "<f4, 0000803f000020c000e07f47",
        ">f4, 3f800000c0200000477fe000",
        "<f8, 000000000000f03f00000000000004c00000000000fcef40",
        ">f8, 3ff0000000000000c00400000000000040effc0000000000",
    })
    void readsEveryFloatInEitherByteOrder(String descr, String bytes) throws IOException {
        String header = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (3,), }";

        assertThat(read(NpyBytes.file(1, header, HexFormat.of().parseHex(bytes)))
                        .values())
                .containsExactly(1, -2.5f, 65504);
    }

    @Test
    void readsWholeNumbersInEitherByteOrder() throws IOException {
        String header = "{'descr': '<i8', 'fortran_order': False, 'shape': (), }";
        byte[] seven = {7, 0, 0, 0, 0, 0, 0, 0};

        assertThat(read(NpyBytes.file(1, header, seven)).values()).containsExactly(7);
        assertThat(read(NpyBytes.file(1, header.replace('<', '>'), new byte[] {0, 0, 0, 0, 0, 0, 0, 7}))
                        .values())
                .containsExactly(7);
    }

    @Test
    void readsTheLongSizesThatPython2Wrote() throws IOException {
        Tensor tensor = read(NpyBytes.file(1, HEADER.replace("(2, 3)", "(2L, 3L)"), SIX));

        assertThat(tensor.shape()).containsExactly(2, 3);
        assertThat(read(NpyBytes.file(1, HEADER.replace("(2, 3)", "(6L,)"), SIX))
                        .shape())
                .containsExactly(6);
    }

    @Test
    void readsArraysOfSeveralChunks() throws IOException {
        float[] values = new float[200_001];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }

        assertThat(read(NpyBytes.array(values, "(200001,)")).values()).isEqualTo(values);
    }

    @Test
    void refusesAShapeWithTooManyDimensions() {
        assertRefused(
                NpyBytes.file(1, HEADER.replace("(2, 3)", "(" + "1, ".repeat(65) + ")"), new byte[4]),
                NumpyFailures.tooManyDimensions("x", 65, 64));
    }

    @Test
    void readsTheHeadersEntriesInAnyOrderAndSpacing() throws IOException {
        String header = "{ 'shape' : ( 6 , ),'fortran_order':False , 'descr':'<f4'}   ";

        assertThat(read(NpyBytes.file(1, header, SIX)).shape()).containsExactly(6);
    }

    @Test
    void readsFromAFile() throws IOException {
        Path file = folder.resolve("a.npy");
        Files.write(file, NpyBytes.array(new float[] {1.5f}, "()"));

        assertThat(NpyFile.read(file).shape()).isEmpty();
        assertThat(NpyFile.read(file).values()).containsExactly(1.5f);
    }

    @Test
    void refusesAFileThatIsNotAnArray() {
        assertRefused("PK and more".getBytes(StandardCharsets.US_ASCII), NumpyFailures.notAnArray("x"));
        assertRefused(new byte[0], NumpyFailures.notAnArray("x"));
    }

    @Test
    void refusesAnUnsupportedVersion() {
        assertRefused(NpyBytes.file(4, HEADER, SIX), NumpyFailures.unsupportedVersion("x", 4));
    }

    @ParameterizedTest
    @CsvSource({"(2; 4), 32", "(1000000; 20), 80000000"})
    void refusesAShapeOfMoreBytesThanTheFileContains(String shape, int declared) {
        String tuple = shape.replace(';', ',');
        assertRefused(
                NpyBytes.file(1, HEADER.replace("(2, 3)", tuple), SIX),
                NumpyFailures.tooFewBytes("x", tuple.replace('(', '[').replace(')', ']'), declared, 24));
    }

    @Test
    void refusesAShapeOfFewerBytesThanTheFileContains() {
        assertRefused(
                NpyBytes.file(1, HEADER.replace("(2, 3)", "(2, 2)"), SIX),
                NumpyFailures.tooManyBytes("x", "[2, 2]", 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(1000000000, 1000000000, 1000000000, 1000000000, 1000000000)", "(2000000000,)"})
    void refusesAShapeAboveTheSizeLimit(String shape) {
        assertRefused(
                NpyBytes.file(1, HEADER.replace("(2, 3)", shape), SIX),
                NumpyFailures.tooLarge(
                        "x", shape.replace('(', '[').replace(",)", "]").replace(')', ']'), 1024));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'|O'", "'<U3'", "'|u1'", "'<f16'", "'f4'"})
    void refusesOtherNumberFormats(String descr) {
        assertRefused(NpyBytes.file(1, HEADER.replace("'<f4'", descr), SIX), NumpyFailures.unsupportedType("x", descr));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{'descr': '<f4', 'fortran_order': False}",
                "{'descr': '<f4', 'fortran_order': (2, 3), 'shape': False}",
                "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 3)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-2, 3)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)} and more"
            })
    void refusesAHeaderThatDoesNotDescribeAPlainArray(String header) {
        assertRefused(NpyBytes.file(1, header, SIX), NumpyFailures.notAPlainArray("x", header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(2 3,)", "(,)", "(2,3,,)", "(2,,3)", "(99999999999,)", "(2LL,)", "(L,)", "(2L3,)"})
    void refusesAnInvalidSize(String shape) {
        assertRefused(NpyBytes.file(1, HEADER.replace("(2, 3)", shape), SIX), NumpyFailures.invalidShape("x", shape));
    }

    @Test
    void refusesAHeaderLongerThanTheFile() {
        byte[] file = NpyBytes.file(2, HEADER, new byte[0]);
        file[9] = 1;

        assertRefused(file, NumpyFailures.truncatedHeader("x", 316, 60, 65536));
    }

    @Test
    void aFlippedOrMissingByteGivesATensorOrAMessage() {
        Random random = new Random(1);
        byte[] sound = NpyBytes.file(1, HEADER, SIX);
        for (int i = 0; i < 2000; i++) {
            byte[] broken = Arrays.copyOf(sound, random.nextInt(sound.length + 1));
            for (int flips = random.nextInt(4); flips > 0 && broken.length > 0; flips--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            try {
                read(broken);
            } catch (IOException e) {
                assertThat(e).isInstanceOf(WeightsFormatException.class).hasMessageStartingWith("x ");
            }
        }
    }

    private static Tensor read(byte[] bytes) throws IOException {
        return NpyFile.read(new ByteArrayInputStream(bytes), "x", NpyFile.MOST_BYTES);
    }

    private static void assertRefused(byte[] bytes, String message) {
        assertThatExceptionOfType(WeightsFormatException.class)
                .isThrownBy(() -> read(bytes))
                .withMessage(message);
    }
}
