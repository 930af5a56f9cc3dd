package io.github.resnetspark.job.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Breaks files. The same random numbers break a file in the same way. */
final class Mutator {
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        127,
        128,
        255,
        256,
        65_535,
        65_536,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        1L << 40,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };
    private static final List<String> TEXTS = List.of(
            "-1",
            "0",
            "4294967296",
            "99999999999999999999",
            "1e999",
            "NaN",
            "null",
            "true",
            "\"\"",
            "{}",
            "[]",
            "\0",
            "\n",
            "..",
            "/",
            "\u00e9",
            "\ufffe");

    private final SplittableRandom random;

    Mutator(SplittableRandom random) {
        this.random = random;
    }

    /** A file with one to four faults, more faults being rarer. {@code other} is the source of parts from another file. */
    byte[] broken(byte[] sound, byte[] other) {
        byte[] bytes = sound.clone();
        do {
            bytes = once(bytes, other);
        } while (random.nextInt(3) == 0);
        return bytes;
    }

    private byte[] once(byte[] bytes, byte[] other) {
        if (bytes.length == 0) {
            return other.clone();
        }
        int at = place(bytes);
        int length = 1 + random.nextInt(Math.min(random.nextBoolean() ? 16 : 1024, bytes.length - at));
        return switch (random.nextInt(11)) {
            case 0 -> with(bytes, at, new byte[] {(byte) (bytes[at] ^ (1 << random.nextInt(8)))}, 1);
            case 1 -> with(bytes, at, new byte[] {(byte) random.nextInt(256)}, 1);
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> with(bytes, at, new byte[0], length);
            case 4 -> with(bytes, at, Arrays.copyOfRange(bytes, at, at + length), 0);
            case 5 -> number(bytes, at);
            case 6 -> digits(bytes, at);
            case 7 -> with(bytes, at, text(), random.nextBoolean() ? 0 : length);
            case 8 -> with(bytes, at, repeated(Arrays.copyOfRange(bytes, at, at + Math.min(length, 8))), 0);
            case 9 -> with(bytes, at, new byte[length], length);
            default -> spliced(bytes, at, other);
        };
    }

    /** A random position, often near the beginning, where lengths are. */
    private int place(byte[] bytes) {
        return random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 600));
    }

    private byte[] number(byte[] bytes, int at) {
        byte[] number = number();
        return with(bytes, at, number, Math.min(number.length, bytes.length - at));
    }

    private byte[] number() {
        int size = 1 << random.nextInt(4);
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES);
        long value = NUMBERS[random.nextInt(NUMBERS.length)];
        if (random.nextBoolean()) {
            return Arrays.copyOf(
                    buffer.order(ByteOrder.LITTLE_ENDIAN).putLong(value).array(), size);
        }
        return Arrays.copyOfRange(buffer.putLong(value).array(), Long.BYTES - size, Long.BYTES);
    }

    /** Replaces the next decimal number by another. */
    private byte[] digits(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && !isDigit(bytes[at])) {
            at++;
        }
        int end = at;
        while (end < bytes.length && isDigit(bytes[end])) {
            end++;
        }
        if (at == end) {
            return bytes;
        }
        String number = Long.toString(NUMBERS[random.nextInt(NUMBERS.length)]);
        return with(bytes, at, number.getBytes(StandardCharsets.US_ASCII), end - at);
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    private byte[] text() {
        return TEXTS.get(random.nextInt(TEXTS.size())).getBytes(StandardCharsets.UTF_8);
    }

    /** Repeats up to a few thousand times, so that recursive readers must limit their depth. */
    private byte[] repeated(byte[] part) {
        byte[] nested = random.nextInt(4) == 0 ? new byte[] {(byte) "[{(".charAt(random.nextInt(3))} : part;
        int times = 1 << random.nextInt(14);
        byte[] all = new byte[nested.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(nested, 0, all, i * nested.length, nested.length);
        }
        return all;
    }

    private byte[] spliced(byte[] bytes, int at, byte[] other) {
        int from = other.length == 0 ? 0 : random.nextInt(other.length);
        return with(Arrays.copyOf(bytes, at), at, Arrays.copyOfRange(other, from, other.length), 0);
    }

    /** The bytes with some of them replaced by {@code part}. */
    private static byte[] with(byte[] bytes, int at, byte[] part, int instead) {
        byte[] result = new byte[bytes.length - instead + part.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(part, 0, result, at, part.length);
        System.arraycopy(bytes, at + instead, result, at + part.length, bytes.length - at - instead);
        return result;
    }
}
