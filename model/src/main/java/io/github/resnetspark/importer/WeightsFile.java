package io.github.resnetspark.importer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Named tensors in a file of either format: {@code .safetensors} by its name, else {@code .npz}. */
public final class WeightsFile {
    private WeightsFile() {}

    /**
     * Reads all tensors.
     *
     * @throws WeightsFormatException if the file is not what its name says
     */
    public static Map<String, Tensor> read(Path file) throws IOException {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")
                ? SafetensorsFile.read(file)
                : NpzFile.read(file);
    }
}
