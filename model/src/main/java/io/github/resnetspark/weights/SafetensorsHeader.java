package io.github.resnetspark.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.message.model.SafetensorsFailures;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The header of a .safetensors file: a JSON object of tensors by name, each with its type, its shape and the range of its bytes.
 * The ranges cover the rest of the file without gaps or overlaps.
 */
final class SafetensorsHeader {
    private static final String METADATA = "__metadata__";

    /** A header is an object of objects with arrays. */
    private static final int DEEPEST = 4;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String source;

    private SafetensorsHeader(String source) {
        this.source = source;
    }

    /**
     * One tensor.
     *
     * @param begin its first byte, counted from the end of the header
     * @param end the byte after its last one
     */
    record Entry(String name, NumberType type, List<Integer> shape, long begin, long end) {
        int count() {
            return Math.toIntExact((end - begin) / type.bytes());
        }
    }

    /**
     * Reads a header.
     *
     * @param dataBytes the number of bytes after the header
     * @param source for error messages
     * @return the tensors in the order of their bytes
     */
    static List<Entry> parse(byte[] header, long dataBytes, String source) throws WeightsFormatException {
        return new SafetensorsHeader(source).entries(header, dataBytes);
    }

    private List<Entry> entries(byte[] header, long dataBytes) throws WeightsFormatException {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : object(header).properties()) {
            if (!field.getKey().equals(METADATA)) {
                entries.add(entry(field.getKey(), field.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long at = 0;
        for (Entry entry : entries) {
            if (entry.begin() != at) {
                throw new WeightsFormatException(
                        SafetensorsFailures.gapOrOverlap(source, entry.name(), entry.begin(), at));
            }
            at = entry.end();
        }
        if (at != dataBytes) {
            throw new WeightsFormatException(SafetensorsFailures.dataLength(source, at, dataBytes));
        }
        return entries;
    }

    private ObjectNode object(byte[] header) throws WeightsFormatException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header))
                    .toString();
            if (text.startsWith("{") && JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw new WeightsFormatException(SafetensorsFailures.headerNotAnObject(source));
        } catch (CharacterCodingException e) {
            throw new WeightsFormatException(SafetensorsFailures.headerNotUtf8(source), e);
        } catch (JsonProcessingException e) {
            throw new WeightsFormatException(
                    SafetensorsFailures.headerNotTensors(source, firstLine(e.getOriginalMessage())), e);
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }

    private Entry entry(String name, JsonNode json) throws WeightsFormatException {
        Optional<List<Long>> shape = naturals(json.path("shape"));
        Optional<List<Long>> offsets = naturals(json.path("data_offsets")).filter(pair -> pair.size() == 2);
        if (!json.path("dtype").isTextual() || shape.isEmpty() || offsets.isEmpty()) {
            throw new WeightsFormatException(SafetensorsFailures.incomplete(source, name));
        }
        String dtype = json.path("dtype").asText();
        NumberType type = NumberType.of(dtype)
                .orElseThrow(() -> new WeightsFormatException(
                        SafetensorsFailures.unsupportedType(source, name, dtype, NumberType.names())));
        long begin = offsets.get().get(0);
        long end = offsets.get().get(1);
        if (end < begin || end - begin != bytes(shape.get(), type)) {
            throw new WeightsFormatException(
                    SafetensorsFailures.shapeAndBytes(source, name, shape.get().toString(), dtype, begin, end));
        }
        return new Entry(name, type, shape.get().stream().map(Long::intValue).toList(), begin, end);
    }

    /** The size of a tensor in bytes, or -1 if it has more values than fit into an array. */
    private static long bytes(List<Long> shape, NumberType type) {
        // A size of 0 makes the product 0, but must not hide another size that is too large.
        if (shape.stream().anyMatch(size -> size > Integer.MAX_VALUE)) {
            return -1;
        }
        long count = 1;
        for (long size : shape) {
            count *= size;
            if (count > Integer.MAX_VALUE) {
                return -1;
            }
        }
        return count * type.bytes();
    }

    /** The elements of an array of non-negative integers; empty for any other node. */
    private static Optional<List<Long>> naturals(JsonNode array) {
        boolean sound = array.isArray()
                && IntStream.range(0, array.size())
                        .mapToObj(array::get)
                        .allMatch(size -> size.isIntegralNumber() && size.canConvertToLong() && size.asLong() >= 0);
        return sound
                ? Optional.of(IntStream.range(0, array.size())
                        .mapToObj(index -> array.get(index).asLong())
                        .collect(Collectors.toList()))
                : Optional.empty();
    }
}
