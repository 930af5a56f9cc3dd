package io.github.resnetspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resnetspark.message.model.SafetensorsFailures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("w.safetensors");
    }

    @Test
    void writesTheSpecifiedFormat() throws IOException {
        SafetensorsFile.write(
                file,
                Map.of(
                        "w",
                        new Tensor(new int[] {1, 2}, new float[] {1, -2}),
                        "b",
                        new Tensor(new int[] {1}, new float[] {3})),
                List.of("count"));

        byte[] bytes = Files.readAllBytes(file);
        String header =
                """
                {"__metadata__":{"format":"pt"},\
                "count":{"dtype":"I64","shape":[],"data_offsets":[0,8]},\
                "b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},\
                "w":{"dtype":"F32","shape":[1,2],"data_offsets":[12,20]}}""";
        int headerLength = (header.length() + 7) / 8 * 8;
        assertThat(bytes).startsWith(headerLength, 0, 0, 0, 0, 0, 0, 0);
        assertThat(new String(bytes, 8, headerLength, StandardCharsets.UTF_8))
                .isEqualTo(header.concat(" ".repeat(headerLength - header.length())));
        ByteBuffer data = ByteBuffer.wrap(bytes, 8 + headerLength, 20).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(data.getLong()).isZero();
        assertThat(List.of(data.getFloat(), data.getFloat(), data.getFloat())).containsExactly(3f, 1f, -2f);
        assertThat(data.hasRemaining()).isFalse();
    }

    @Test
    void readsBackBitIdenticalValues() throws IOException {
        Random random = new Random(9);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            int[] shape = random.ints(random.nextInt(5), 1, 5).toArray();
            int count = 1;
            for (int size : shape) {
                count *= size;
            }
            float[] values = new float[count];
            for (int j = 0; j < count; j++) {
                values[j] = Float.intBitsToFloat(random.nextInt());
            }
            tensors.put("täglich." + i, new Tensor(shape, values));
        }

        SafetensorsFile.write(file, tensors, List.of());

        Map<String, Tensor> read = SafetensorsFile.read(file);
        assertThat(read.keySet()).isEqualTo(tensors.keySet());
        read.forEach((name, tensor) -> {
            assertThat(tensor.shape()).isEqualTo(tensors.get(name).shape());
            assertThat(tensor.values()).isEqualTo(tensors.get(name).values());
        });
    }

    @Test
    void readsEveryTypeAndTensorsInAnyOrder() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(34).order(ByteOrder.LITTLE_ENDIAN);
        // Half precision: 1, -2, the largest, the smallest positive, infinity.
        data.putShort((short) 0x3c00)
                .putShort((short) 0xc000)
                .putShort((short) 0x7bff)
                .putShort((short) 1);
        data.putShort((short) 0x7c00);
        data.putShort((short) 0x3fc0).putShort((short) 0xc2f7).putInt(Float.floatToIntBits(0.1f));
        data.putDouble(0.25).putLong(-7);
        write(
                """
                {"i": {"dtype": "I64", "shape": [1], "data_offsets": [26, 34]},
                 "d": {"dtype": "F64", "shape": [], "data_offsets": [18, 26]},
                 "h": {"dtype": "F16", "shape": [5], "data_offsets": [0, 10]},
                 "f": {"dtype": "F32", "shape": [1, 1], "data_offsets": [14, 18]},
                 "none": {"dtype": "F32", "shape": [0, 3], "data_offsets": [14, 14]},
                 "b": {"dtype": "BF16", "shape": [2], "data_offsets": [10, 14]}}
                """,
                data.array());

        Map<String, Tensor> read = SafetensorsFile.read(file);

        assertThat(read.keySet()).containsExactly("h", "b", "none", "f", "d", "i");
        assertThat(read.get("h").values())
                .containsExactly(1, -2, 65_504, (float) Math.pow(2, -24), Float.POSITIVE_INFINITY);
        assertThat(read.get("b").values()).containsExactly(1.5f, -123.5f);
        assertThat(read.get("none").shape()).containsExactly(0, 3);
        assertThat(read.get("f").values()).containsExactly(0.1f);
        assertThat(read.get("d").shape()).isEmpty();
        assertThat(read.get("d").values()).containsExactly(0.25f);
        assertThat(read.get("i").values()).containsExactly(-7);
    }

    @Test
    void refusesAFileThatIsShorterThanItsLength() throws IOException {
        Files.write(file, new byte[] {1, 2, 3});

        assertRefused(SafetensorsFailures.tooShort(file.toString(), 3));
    }

    @ParameterizedTest
    @CsvSource({"9, 9", "-1, 18446744073709551615", "9223372036854775807, 9223372036854775807"})
    void refusesAHeaderThatIsLongerThanTheFile(long length, String shown) throws IOException {
        Files.write(
                file,
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(length)
                        .array());

        String message = SafetensorsFailures.headerLength(file.toString(), length, 8, 8388608);
        assertThat(message).contains(" " + shown + " bytes");
        assertRefused(message);
    }

    @Test
    void refusesAHeaderThatIsLongerThanAnyNetworkNeeds() throws IOException {
        write("{\"a\": 1}" + " ".repeat(8 << 20), new byte[0]);

        assertRefused(SafetensorsFailures.headerLength(file.toString(), 8388616, 8388616, 8388608));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", " {}", "7", "", "null"})
    void refusesAHeaderThatIsNotAnObject(String header) throws IOException {
        write(header, new byte[0]);

        assertRefused(SafetensorsFailures.headerNotAnObject(file.toString()));
    }

    @Test
    void refusesAHeaderThatIsNotText() throws IOException {
        Files.write(file, new byte[] {3, 0, 0, 0, 0, 0, 0, 0, '{', (byte) 0xff, '}'});

        assertRefused(SafetensorsFailures.headerNotUtf8(file.toString()));
    }

    @Test
    void refusesJsonThatIsTooDeepOrHasDuplicatesOrTrailingText() throws IOException {
        for (String header : List.of(
                "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "{\"a\": {\"dtype\": \"F32\", \"dtype\": \"F64\"}}",
                "{} {}",
                "{\"a\": ")) {
            write(header, new byte[0]);

            assertThatExceptionOfType(WeightsFormatException.class)
                    .isThrownBy(() -> SafetensorsFile.read(file))
                    .withMessageStartingWith(file + " has a header that does not describe tensors (")
                    .withMessageEndingWith("). Copy or save it again.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"w\": 3}",
                "{\"w\": null}",
                "{\"w\": {\"dtype\": 7, \"shape\": [1], \"data_offsets\": [0, 4]}}",
                "{\"w\": {\"dtype\": \"F32\", \"shape\": 1, \"data_offsets\": [0, 4]}}",
                "{\"w\": {\"dtype\": \"F32\", \"shape\": [-1], \"data_offsets\": [0, 4]}}",
                "{\"w\": {\"dtype\": \"F32\", \"shape\": [1.0], \"data_offsets\": [0, 4]}}",
                "{\"w\": {\"dtype\": \"F32\", \"shape\": [\"1\"], \"data_offsets\": [0, 4]}}",
                "{\"w\": {\"dtype\": \"F32\", \"shape\": [99999999999999999999], \"data_offsets\": [0, 4]}}",
                "{\"w\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0]}}",
                "{\"w\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4, 8]}}",
                "{\"w\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [-4, 0]}}"
            })
    void refusesAnIncompleteTensor(String header) throws IOException {
        write(header, new byte[4]);

        assertRefused(SafetensorsFailures.incomplete(file.toString(), "w"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[2] | 0 | 4",
                "[1] | 4 | 0",
                "[1] | 1 | 0",
                "[3000000000] | 1 | 0",
                "[65536, 65536] | 1 | 0",
                "[65536, 65536, 65536, 65536] | 0 | 0",
                "[3000000000, 0] | 0 | 0",
                "[4294967296, 4294967296] | 0 | 0",
                "[1] | 0 | 9223372036854775807"
            })
    void refusesAShapeThatDoesNotMatchItsBytes(String shape, long begin, long end) throws IOException {
        write(
                "{\"w\": {\"dtype\": \"F32\", \"shape\": " + shape + ", \"data_offsets\": [" + begin + ", " + end
                        + "]}}",
                new byte[4]);

        assertRefused(SafetensorsFailures.shapeAndBytes(file.toString(), "w", shape, "F32", begin, end));
    }

    @Test
    void refusesOverlapsAndGaps() throws IOException {
        write(two(0, 8, 4, 12), new byte[12]);
        assertRefused(SafetensorsFailures.gapOrOverlap(file.toString(), "b", 4, 8));

        write(two(0, 8, 12, 20), new byte[20]);
        assertRefused(SafetensorsFailures.gapOrOverlap(file.toString(), "b", 12, 8));

        write(two(0, 8, 0, 8), new byte[8]);
        assertRefused(SafetensorsFailures.gapOrOverlap(file.toString(), "b", 0, 8));

        write(two(4, 12, 12, 20), new byte[20]);
        assertRefused(SafetensorsFailures.gapOrOverlap(file.toString(), "a", 4, 0));
    }

    @Test
    void refusesAFileOfAnotherLengthThanDeclared() throws IOException {
        write(two(0, 8, 8, 16), new byte[15]);
        assertRefused(SafetensorsFailures.dataLength(file.toString(), 16, 15));

        write(two(0, 8, 8, 16), new byte[17]);
        assertRefused(SafetensorsFailures.dataLength(file.toString(), 16, 17));

        write(two(0, 8, 8, 16).replace("[2]", "[1000000000]").replace("[8, 16]", "[8, 4000000008]"), new byte[16]);
        assertThatExceptionOfType(WeightsFormatException.class).isThrownBy(() -> SafetensorsFile.read(file));
    }

    @Test
    void refusesAnUnsupportedType() throws IOException {
        write("{\"w\": {\"dtype\": \"F8_E4M3\", \"shape\": [4], \"data_offsets\": [0, 4]}}", new byte[4]);

        assertRefused(SafetensorsFailures.unsupportedType(file.toString(), "w", "F8_E4M3", "F16, BF16, F32, F64, I64"));
    }

    @Test
    void aChangedByteGivesTensorsOrAMessage() throws IOException {
        SafetensorsFile.write(file, Map.of("w", new Tensor(new int[] {2, 2}, new float[4])), List.of("count"));
        byte[] sound = Files.readAllBytes(file);
        Random random = new Random(10);
        for (int i = 0; i < 2000; i++) {
            byte[] broken = sound.clone();
            broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            Files.write(file, broken);
            try {
                assertThat(SafetensorsFile.read(file)).isNotNull();
            } catch (WeightsFormatException e) {
                assertThat(e).hasMessageStartingWith(file.toString());
            }
        }
    }

    private static String two(int beginA, int endA, int beginB, int endB) {
        return "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [" + beginA + ", " + endA + "]},"
                + " \"b\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [" + beginB + ", " + endB + "]}}";
    }

    private void write(String header, byte[] data) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data);
        Files.write(file, bytes.array());
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(WeightsFormatException.class)
                .isThrownBy(() -> SafetensorsFile.read(file))
                .withMessage(message);
    }
}
