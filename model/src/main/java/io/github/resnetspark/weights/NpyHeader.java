package io.github.resnetspark.weights;

import io.github.resnetspark.message.model.NumpyFailures;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text header of a .npy file: a Python dictionary literal with the keys {@code descr}, {@code fortran_order} and {@code shape}
 * (numpy.lib.format, versions 1 to 3).
 */
record NpyHeader(NumberType type, ByteOrder byteOrder, Order order, List<Integer> shape) {
    /** Python 2 wrote the sizes as long integers, such as {@code 64L}. */
    private static final Pattern ENTRY =
            Pattern.compile("\\s*'(\\w+)'\\s*:\\s*('[^']*'|True|False|\\([\\dL\\s,]*\\))\\s*(,|$)");

    private static final Pattern SIZE = Pattern.compile("(\\d+)L?");
    private static final Map<String, NumberType> TYPES =
            Map.of("f2", NumberType.F16, "f4", NumberType.F32, "f8", NumberType.F64, "i8", NumberType.I64);
    private static final Pattern DESCR = Pattern.compile("'([<>])(f2|f4|f8|i8)'");
    /** NumPy's own limit. */
    private static final int MOST_SIZES = 64;

    private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

    /** The order of the values in the file. */
    enum Order {
        ROW_MAJOR,
        COLUMN_MAJOR
    }

    NpyHeader {
        shape = List.copyOf(shape);
    }

    /**
     * Reads the header's text.
     *
     * @param source for error messages
     */
    static NpyHeader parse(String text, String source) throws WeightsFormatException {
        Map<String, String> entries = entries(text, source);
        Matcher descr = DESCR.matcher(entries.get("descr"));
        if (!descr.matches()) {
            throw new WeightsFormatException(NumpyFailures.unsupportedType(source, entries.get("descr")));
        }
        return new NpyHeader(
                TYPES.get(descr.group(2)),
                descr.group(1).equals("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
                entries.get("fortran_order").equals("True") ? Order.COLUMN_MAJOR : Order.ROW_MAJOR,
                shape(entries.get("shape"), source));
    }

    /** The number of values in the array, or -1 if there are more than a supported file can contain. */
    long count() {
        long count = 1;
        for (int size : shape) {
            count *= size;
            if (count > Integer.MAX_VALUE) {
                return -1;
            }
        }
        return count;
    }

    private static Map<String, String> entries(String text, String source) throws WeightsFormatException {
        String trimmed = text.strip();
        if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) {
            throw malformed(text, source);
        }
        String body = trimmed.substring(1, trimmed.length() - 1).stripTrailing();
        Map<String, String> entries = new HashMap<>();
        Matcher matcher = ENTRY.matcher(body);
        int at = 0;
        while (at < body.length()) {
            if (!matcher.find(at) || matcher.start() != at || entries.put(matcher.group(1), matcher.group(2)) != null) {
                throw malformed(text, source);
            }
            at = matcher.end();
        }
        boolean rightKinds = entries.keySet().equals(KEYS)
                && entries.get("descr").startsWith("'")
                && entries.get("shape").startsWith("(")
                && Set.of("True", "False").contains(entries.get("fortran_order"));
        if (!rightKinds) {
            throw malformed(text, source);
        }
        return entries;
    }

    private static List<Integer> shape(String tuple, String source) throws WeightsFormatException {
        String inner = tuple.substring(1, tuple.length() - 1).strip();
        if (inner.isEmpty()) {
            return List.of();
        }
        // A tuple of one element ends with a comma.
        String[] sizes = (inner.endsWith(",") ? inner.substring(0, inner.length() - 1) : inner).split(",", -1);
        if (sizes.length > MOST_SIZES) {
            throw new WeightsFormatException(NumpyFailures.tooManyDimensions(source, sizes.length, MOST_SIZES));
        }
        Integer[] shape = new Integer[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            Matcher size = SIZE.matcher(sizes[i].strip());
            try {
                shape[i] = Integer.parseInt(size.matches() ? size.group(1) : "");
            } catch (NumberFormatException e) {
                throw new WeightsFormatException(NumpyFailures.invalidShape(source, tuple), e);
            }
        }
        return List.of(shape);
    }

    private static WeightsFormatException malformed(String text, String source) {
        return new WeightsFormatException(NumpyFailures.notAPlainArray(source, text.strip()));
    }
}
