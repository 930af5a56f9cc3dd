package io.github.resnetspark.weights;

import io.github.resnetspark.text.ShownText;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Named NumPy arrays in one zip file (.npz), as {@code numpy.savez} and {@code numpy.savez_compressed} write them. */
public final class NpzFile {
    private static final String SUFFIX = ".npy";

    private NpzFile() {}

    /**
     * Reads all arrays, at most 1 GiB of them once unpacked.
     *
     * @return the arrays by name, in the file's order
     * @throws WeightsFormatException if the file is no such zip, or if an entry's header and its bytes disagree
     */
    public static Map<String, Tensor> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Map<String, Tensor> arrays = new LinkedHashMap<>();
            long left = NpyFile.MOST_BYTES;
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = name(entry, file);
                String shown = ShownText.start(name);
                // The zip's own sizes are not trusted: reading stops at what the array's header declares.
                try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
                    Tensor array = NpyFile.read(in, file + ": " + shown, left);
                    if (in.getChecksum().getValue() != entry.getCrc()) {
                        throw new WeightsFormatException(
                                file + ": " + shown + " does not match its check sum. Copy the file again.");
                    }
                    left -= (long) array.values().length * Float.BYTES;
                    if (arrays.put(name, array) != null) {
                        throw new WeightsFormatException(
                                file + " holds " + shown + " twice. Save it again with numpy.savez.");
                    }
                }
            }
            return Collections.unmodifiableMap(arrays);
        } catch (ZipException | EOFException e) {
            throw new WeightsFormatException(
                    file + " is not a whole zip file (" + e.getMessage()
                            + "). Copy it again, or save it with numpy.savez.",
                    e);
        }
    }

    private static String name(ZipEntry entry, Path file) throws WeightsFormatException {
        if (!entry.getName().endsWith(SUFFIX)) {
            throw new WeightsFormatException(file + " holds " + ShownText.start(entry.getName())
                    + ", which is not a NumPy array. Give a file that numpy.savez wrote.");
        }
        return entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
    }
}
