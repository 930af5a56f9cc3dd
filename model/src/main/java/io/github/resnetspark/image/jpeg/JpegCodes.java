package io.github.resnetspark.image.jpeg;

import io.github.resnetspark.image.jpeg.JpegScans.JpegDamageException;
import io.github.resnetspark.message.model.JpegReasons;
import java.util.Arrays;

/** A Huffman table of a JPEG. */
final class JpegCodes {
    private static final int LONGEST = 16;
    /** Codes up to this length in bits are found in one step. */
    private static final int FAST = 10;

    /** A code's length in bits and its symbol, by the next bits of the data; 0 if the code is longer. */
    private final short[] fast = new short[1 << FAST];
    /** For each length, the first value that is not a code of it, and the offset of its symbols. */
    private final int[] limits = new int[LONGEST + 1];

    private final int[] offsets = new int[LONGEST + 1];
    private final byte[] symbols;

    private JpegCodes(byte[] symbols) {
        this.symbols = symbols;
    }

    /** Reads the table that starts at an index, after the byte with its number. */
    static JpegCodes read(byte[] bytes, int from, int end) {
        int count = 0;
        for (int length = 0; length < LONGEST && from + length < end; length++) {
            count += bytes[from + length] & 0xff;
        }
        if (count > 256 || from + LONGEST + count > end) {
            throw new JpegDamageException(JpegReasons.invalidHuffmanTable());
        }
        JpegCodes codes = new JpegCodes(Arrays.copyOfRange(bytes, from + LONGEST, from + LONGEST + count));
        codes.assign(bytes, from);
        return codes;
    }

    /** The length of the table in the file, without the byte with its number. */
    int bytes() {
        return LONGEST + symbols.length;
    }

    /**
     * Finds a code.
     *
     * @param bits the next 16 bits; some may be beyond the end of the data
     * @return an entry for {@link #length} and {@link #symbol}
     */
    int entry(int bits) {
        int entry = fast[bits >> (LONGEST - FAST)];
        if (entry != 0) {
            return entry;
        }
        for (int length = FAST + 1; length <= LONGEST; length++) {
            int code = bits >> (LONGEST - length);
            if (code < limits[length]) {
                return length << Byte.SIZE | (symbols[offsets[length] + code] & 0xff);
            }
        }
        return 0;
    }

    /** The length of a code in bits, or 0 if there is none. */
    static int length(int entry) {
        return entry >> Byte.SIZE;
    }

    /** The symbol of a code, 0 to 255. */
    static int symbol(int entry) {
        return entry & 0xff;
    }

    private void assign(byte[] bytes, int from) {
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            int count = bytes[from + length - 1] & 0xff;
            offsets[length] = index - code;
            if (code + count > 1 << length) {
                throw new JpegDamageException(JpegReasons.invalidHuffmanTable());
            }
            for (int i = 0; i < count && length <= FAST; i++) {
                short entry = (short) (length << Byte.SIZE | (symbols[index + i] & 0xff));
                int first = (code + i) << (FAST - length);
                Arrays.fill(fast, first, first + (1 << (FAST - length)), entry);
            }
            code += count;
            index += count;
            limits[length] = code;
            code <<= 1;
        }
    }
}
