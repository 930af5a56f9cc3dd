package io.github.resnetspark.weights;

import io.github.resnetspark.message.model.FileReasons;
import io.github.resnetspark.message.model.NumpyFailures;
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

/** Reads named NumPy arrays from a zip file (.npz) of {@code numpy.savez} or {@code numpy.savez_compressed}. */
public final class NpzFile {
    private static final String SUFFIX = ".npy";

    private NpzFile() {}

    /**
     * Reads all arrays, at most 1 GiB unpacked.
     *
     * @return the arrays by name, in the file's order
     * @throws WeightsFormatException if the file is not such a zip, or an entry's header does not match its bytes
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
                String source = FileReasons.entry(file.toString(), name);
                // The zip's own sizes are not trusted: reading stops at the size that the array's header declares.
                try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
                    Tensor array = NpyFile.read(in, source, left);
                    if (in.getChecksum().getValue() != entry.getCrc()) {
                        throw new WeightsFormatException(NumpyFailures.checksum(source));
                    }
                    left -= (long) array.values().length * Float.BYTES;
                    if (arrays.put(name, array) != null) {
                        throw new WeightsFormatException(NumpyFailures.duplicate(file.toString(), name));
                    }
                }
            }
            return Collections.unmodifiableMap(arrays);
        } catch (ZipException | EOFException e) {
            throw new WeightsFormatException(NumpyFailures.notAZip(file.toString(), e.getMessage()), e);
        }
    }

    private static String name(ZipEntry entry, Path file) throws WeightsFormatException {
        if (!entry.getName().endsWith(SUFFIX)) {
            throw new WeightsFormatException(NumpyFailures.notAnArrayEntry(file.toString(), entry.getName()));
        }
        return entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
    }
}
