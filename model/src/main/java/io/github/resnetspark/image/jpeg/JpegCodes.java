package io.github.resnetspark.image.jpeg;

import io.github.resnetspark.image.jpeg.JpegScans.JpegDamageException;
import io.github.resnetspark.message.model.JpegReasons;
import java.util.Arrays;

/** A Huffman table of a JPEG. */
final class JpegCodes {
    private static final int LONGEST = 16;
    /** Codes up to so many bits are found in one step. */
    private static final int FAST = 10;

    /** A code's length in bits and its symbol, by the first bits of what is to be read; 0 where the code is longer. */
    private final short[] fast = new short[1 << FAST];
    /** The first code of each length that is longer than any of that length or shorter ones, and how its symbols are found. */
    private final int[] limits = new int[LONGEST + 1];

    private final int[] offsets = new int[LONGEST + 1];
    private final byte[] symbols;

    private JpegCodes(byte[] symbols) {
        this.symbols = symbols;
    }

    /** Reads the table that begins there, behind the byte that says which one it is. */
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

    /** The bytes that it takes in the file, without the one that says which one it is. */
    int bytes() {
        return LONGEST + symbols.length;
    }

    /**
     * Finds a code.
     *
     * @param bits the next 16, some of which may be beyond the end
     * @return for {@link #length} and {@link #symbol}
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

    /** What a code stands for, 0 to 255. */
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
