package io.github.resnetspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resnetspark.message.model.FileReasons;
import io.github.resnetspark.message.model.NumpyFailures;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzFileTest {
    @TempDir
    Path folder;

    /** numpy.savez_compressed wrote the resource from arange(24).reshape(2, 3, 4), divided by 2 or 4. */
    @Test
    void readsAFileFromNumPy() throws IOException, URISyntaxException {
        Map<String, Tensor> arrays = NpzFile.read(
                Path.of(getClass().getResource("/weights/made-by-numpy.npz").toURI()));

        assertThat(arrays.keySet()).containsExactly("float32", "float64", "int64", "transposed", "number", "empty");
        assertCountsFrom0InStepsOf(0.5f, arrays.get("float32"));
        assertCountsFrom0InStepsOf(0.25f, arrays.get("float64"));
        assertCountsFrom0InStepsOf(1, arrays.get("int64"));
        assertCountsFrom0InStepsOf(0.5f, arrays.get("transposed"));
        assertThat(arrays.get("number").shape()).isEmpty();
        assertThat(arrays.get("number").values()).containsExactly(7);
        assertThat(arrays.get("empty").shape()).containsExactly(0, 5);
    }

    @Test
    void refusesAFileThatIsNotAZip() throws IOException {
        Path file = folder.resolve("weights.npz");
        Files.writeString(file, "not a zip");

        assertThatExceptionOfType(WeightsFormatException.class)
                .isThrownBy(() -> NpzFile.read(file))
                .withMessageStartingWith(file + " is not a complete zip file (")
                .withMessageEndingWith("). Copy it again, or save it with numpy.savez.");
    }

    @Test
    void refusesATruncatedZip() throws IOException {
        Path file = folder.resolve("weights.npz");
        NpyBytes.zip(file, Map.of("a.npy", NpyBytes.array(new float[] {1, 2}, "(2,)")));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 30));

        assertThatExceptionOfType(WeightsFormatException.class)
                .isThrownBy(() -> NpzFile.read(file))
                .withMessageStartingWith(file + " is not a complete zip file (");
    }

    @Test
    void namesTheEntryThatIsBroken() throws IOException {
        Path file = folder.resolve("weights.npz");
        NpyBytes.zip(file, Map.of("conv1.weight.npy", NpyBytes.array(new float[] {1, 2}, "(3,)")));

        assertThatExceptionOfType(WeightsFormatException.class)
                .isThrownBy(() -> NpzFile.read(file))
                .withMessage(
                        NumpyFailures.tooFewBytes(FileReasons.entry(file.toString(), "conv1.weight"), "[3]", 12, 8));
    }

    @Test
    void refusesAnEntryThatIsNotAnArray() throws IOException {
        Path file = folder.resolve("weights.npz");
        NpyBytes.zip(file, Map.of("../evil.txt", "x".getBytes(StandardCharsets.US_ASCII)));

        assertThatExceptionOfType(WeightsFormatException.class)
                .isThrownBy(() -> NpzFile.read(file))
                .withMessage(NumpyFailures.notAnArrayEntry(file.toString(), "../evil.txt"));
    }

    @Test
    void refusesAFlippedByte() throws IOException, URISyntaxException {
        byte[] bytes = Files.readAllBytes(
                Path.of(getClass().getResource("/weights/made-by-numpy.npz").toURI()));
        Path file = folder.resolve("weights.npz");
        int refused = 0;
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] ^= 0x10;
            Files.write(file, bytes);
            try {
                NpzFile.read(file);
            } catch (WeightsFormatException e) {
                assertThat(e).hasMessageStartingWith(file.toString());
                refused++;
            }
            bytes[at] ^= 0x10;
        }
        // The other bytes are dates, versions and attributes of the zip, which do not affect weights.
        assertThat(refused).isGreaterThan(bytes.length / 2);
    }

    @Test
    void reportsAMissingFile() {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> NpzFile.read(folder.resolve("none.npz")));
    }

    private static void assertCountsFrom0InStepsOf(float step, Tensor tensor) {
        assertThat(tensor.shape()).containsExactly(2, 3, 4);
        assertThat(IntStream.range(0, 24).allMatch(i -> tensor.values()[i] == i * step))
                .as("values of %s: %s", tensor, Arrays.toString(tensor.values()))
                .isTrue();
    }
}
