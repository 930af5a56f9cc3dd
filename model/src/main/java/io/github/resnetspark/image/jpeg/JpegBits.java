package io.github.resnetspark.image.jpeg;

import io.github.resnetspark.image.jpeg.JpegScans.JpegDamageException;
import io.github.resnetspark.message.model.JpegReasons;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The compressed bits of a JPEG between two markers: from a scan's header or a restart marker to the next marker. */
final class JpegBits {
    private static final int BUFFER = 64;
    private static final int LONGEST_CODE = 16;
    /** The bits after a code are read together with it. */
    private static final int LONGEST_VALUE = 15;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final byte[] bytes;
    /** The index of the next byte that is not in the buffer, or of the marker that ends the data. */
    private int position;
    /** The next bit is the highest one. Zeros follow the last one. */
    private long buffer;

    private int count;

    JpegBits(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A position to return to. */
    record Mark(int position, long buffer, int count) {}

    void begin(int from) {
        position = from;
        buffer = 0;
        count = 0;
    }

    Mark mark() {
        return new Mark(position, buffer, count);
    }

    void reset(Mark mark) {
        position = mark.position;
        buffer = mark.buffer;
        count = mark.count;
    }

    /** Reads a code and returns its symbol. */
    int code(JpegCodes codes) {
        if (count < LONGEST_CODE + LONGEST_VALUE) {
            fill();
        }
        int entry = codes.entry((int) (buffer >>> (BUFFER - LONGEST_CODE)));
        int length = JpegCodes.length(entry);
        if (length == 0 && count >= LONGEST_CODE) {
            throw new JpegDamageException(JpegReasons.invalidCode());
        }
        take(length == 0 ? LONGEST_CODE : length);
        return JpegCodes.symbol(entry);
    }

    /**
     * Reads bits and returns their value.
     *
     * @param wanted 0 to 16
     */
    int take(int wanted) {
        if (count < wanted) {
            fill();
            if (count < wanted) {
                throw new JpegDamageException(JpegReasons.endsEarly());
            }
        }
        // In two steps, because Java ignores a shift by 64.
        int value = (int) (buffer >>> 1 >>> (BUFFER - 1 - wanted));
        buffer <<= wanted;
        count -= wanted;
        return value;
    }

    /** Whether fewer than eight bits are left, all of them ones: the padding that encoders write. */
    boolean isAtEnd() {
        fill();
        return count < Byte.SIZE && isPadded();
    }

    /** Whether the bits up to the next byte are all ones. */
    boolean isPadded() {
        int bits = count % Byte.SIZE;
        return buffer >>> 1 >>> (BUFFER - 1 - bits) == (1L << bits) - 1;
    }

    /** Skips the bits up to the next byte and returns its index. */
    int align() {
        int at = position;
        for (int inBuffer = count / Byte.SIZE; inBuffer > 0; inBuffer--) {
            at -= bytes[at - 1] == 0 && bytes[at - 2] == (byte) 0xff ? 2 : 1;
        }
        begin(at);
        return at;
    }

    private void fill() {
        if (count <= BUFFER - Byte.SIZE && position + Long.BYTES <= bytes.length) {
            long word = (long) WORDS.get(bytes, position);
            boolean markers = ((~word - LOW_BITS) & word & HIGH_BITS) != 0;
            if (!markers) {
                int wanted = (BUFFER - count) / Byte.SIZE;
                // Bits that do not fit are read again later, so the bits of an incomplete byte are cleared here.
                buffer |= word >>> count;
                position += wanted;
                count += wanted * Byte.SIZE;
                buffer &= -1L << (BUFFER - count);
                return;
            }
        }
        while (count <= BUFFER - Byte.SIZE && position < bytes.length) {
            int next = bytes[position] & 0xff;
            if (next == 0xff) {
                int after = position + 1;
                while (after < bytes.length && bytes[after] == (byte) 0xff) {
                    after++;
                }
                if (after == bytes.length || bytes[after] != 0) {
                    return;
                }
                position = after;
            }
            position++;
            buffer |= (long) next << (BUFFER - Byte.SIZE - count);
            count += Byte.SIZE;
        }
    }
}
