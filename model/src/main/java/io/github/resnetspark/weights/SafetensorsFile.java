package io.github.resnetspark.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.message.model.SafetensorsFailures;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads and writes named tensors in a .safetensors file: eight bytes with the length of the header, the header, the values. Reads
 * F16, BF16, F32, F64 and I64 as float32. Writes F32, and counters as I64.
 */
public final class SafetensorsFile {
    /** The header of the deepest published network, with 1,202 layers, has about one MiB. */
    private static final int LONGEST_HEADER = 8 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private SafetensorsFile() {}

    /**
     * Reads all tensors, at most 1 GiB.
     *
     * @return the tensors by name, in the order of their values in the file
     * @throws WeightsFormatException if the file is not a safetensors file, or its header does not match its bytes
     */
    public static Map<String, Tensor> read(Path file) throws IOException {
        long size = Files.size(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = header(in, size, file);
            long dataBytes = size - Long.BYTES - header.length;
            List<SafetensorsHeader.Entry> entries = SafetensorsHeader.parse(header, dataBytes, file.toString());
            requireMost(Math.max(dataBytes, floatBytes(entries)), file);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (SafetensorsHeader.Entry entry : entries) {
                tensors.put(entry.name(), tensor(in, entry, file));
            }
            return Collections.unmodifiableMap(tensors);
        }
    }

    private static long floatBytes(List<SafetensorsHeader.Entry> entries) {
        return entries.stream()
                .mapToLong(entry -> (entry.end() - entry.begin()) / entry.type().bytes() * Float.BYTES)
                .sum();
    }

    private static void requireMost(long bytes, Path file) throws WeightsFormatException {
        if (bytes > NpyFile.MOST_BYTES) {
            throw new WeightsFormatException(
                    SafetensorsFailures.tooLarge(file.toString(), bytes >> 20, NpyFile.MOST_BYTES >> 20));
        }
    }

    private static byte[] header(InputStream in, long size, Path file) throws IOException {
        byte[] start = in.readNBytes(Long.BYTES);
        if (start.length < Long.BYTES) {
            throw new WeightsFormatException(SafetensorsFailures.tooShort(file.toString(), start.length));
        }
        long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        // The length is unsigned: 2^63 or more is negative here.
        if (length < 0 || length > Math.min(LONGEST_HEADER, size - Long.BYTES)) {
            throw new WeightsFormatException(
                    SafetensorsFailures.headerLength(file.toString(), length, size - Long.BYTES, LONGEST_HEADER));
        }
        return requireAll(in.readNBytes((int) length), length, file);
    }

    private static Tensor tensor(InputStream in, SafetensorsHeader.Entry entry, Path file) throws IOException {
        long length = entry.end() - entry.begin();
        ByteBuffer bytes = ByteBuffer.wrap(requireAll(in.readNBytes((int) length), length, file))
                .order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[entry.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = entry.type().next(bytes);
        }
        return new Tensor(entry.shape().stream().mapToInt(size -> size).toArray(), values);
    }

    /** The file may have been truncated since its size was read. */
    private static byte[] requireAll(byte[] bytes, long length, Path file) throws WeightsFormatException {
        if (bytes.length < length) {
            throw new WeightsFormatException(SafetensorsFailures.endedEarly(file.toString()));
        }
        return bytes;
    }

    /**
     * Writes counters of value 0, then tensors as F32, sorted by name. Deterministic: the same tensors give the same bytes.
     *
     * @param counters names of scalars of type I64
     */
    public static void write(Path file, Map<String, Tensor> tensors, Collection<String> counters) throws IOException {
        Map<String, Tensor> sorted = new TreeMap<>(tensors);
        byte[] header = header(sorted, new TreeSet<>(counters));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            out.write(new byte[counters.size() * Long.BYTES]);
            for (Tensor tensor : sorted.values()) {
                ByteBuffer bytes = ByteBuffer.allocate(tensor.values().length * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(tensor.values());
                out.write(bytes.array());
            }
        }
    }

    private static byte[] header(Map<String, Tensor> tensors, Collection<String> counters) {
        ObjectNode json = JSON.createObjectNode();
        json.putObject("__metadata__").put("format", "pt");
        long at = 0;
        for (String counter : counters) {
            at = describe(json.putObject(counter), "I64", List.of(), at, Long.BYTES);
        }
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            List<Integer> shape = Arrays.stream(tensor.shape()).boxed().toList();
            at = describe(
                    json.putObject(entry.getKey()), "F32", shape, at, (long) tensor.values().length * Float.BYTES);
        }
        // Spaces after the JSON align the values to eight bytes.
        String text = json.toString();
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return (text + " ".repeat(Math.floorMod(-length, Long.BYTES))).getBytes(StandardCharsets.UTF_8);
    }

    private static long describe(ObjectNode json, String type, List<Integer> shape, long begin, long bytes) {
        json.put("dtype", type);
        shape.forEach(json.putArray("shape")::add);
        json.putArray("data_offsets").add(begin).add(begin + bytes);
        return begin + bytes;
    }
}
