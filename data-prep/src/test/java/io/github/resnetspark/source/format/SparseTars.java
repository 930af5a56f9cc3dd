package io.github.resnetspark.source.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Writes tar archives that Java libraries cannot write: sparse files with 512 bytes that claim to be much longer. */
final class SparseTars {
    private static final int RECORD = 512;

    private SparseTars() {}

    /**
     * As {@code tar --sparse --format=gnu} writes it: type S, with the positions of the data and the file's length in
     * the header.
     */
    static byte[] old(String name, long size) {
        byte[] header = header(name, RECORD, 'S');
        put(header, 257, "ustar  ");
        put(header, 386, octal(0, 11));
        put(header, 398, octal(RECORD, 11));
        put(header, 483, octal(size, 11));
        seal(header);
        return archive(header, new byte[RECORD]);
    }

    /** As {@code tar --sparse --format=pax --sparse-version=0.1} writes it. */
    static byte[] pax(String name, long size) {
        String attributes = attribute("GNU.sparse.size", Long.toString(size))
                + attribute("GNU.sparse.numblocks", "1")
                + attribute("GNU.sparse.name", name)
                + attribute("GNU.sparse.map", "0," + RECORD);
        byte[] text = Arrays.copyOf(attributes.getBytes(StandardCharsets.UTF_8), RECORD);
        return archive(
                header("PaxHeaders.1/" + name, attributes.length(), 'x'),
                text,
                header("GNUSparseFile.1/" + name, RECORD, '0'),
                new byte[RECORD]);
    }

    /** The header record of an entry. */
    static byte[] header(String name, long size, char type) {
        byte[] header = new byte[RECORD];
        put(header, 0, name);
        put(header, 100, "0000644\0" + "0000000\0" + "0000000\0");
        size(header, 124, size);
        put(header, 136, octal(0, 11));
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        seal(header);
        return header;
    }

    private static byte[] archive(byte[]... records) {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (byte[] record : records) {
            tar.writeBytes(record);
        }
        tar.writeBytes(new byte[2 * RECORD]);
        return tar.toByteArray();
    }

    private static void seal(byte[] header) {
        put(header, 148, "        ");
        int sum = 0;
        for (byte value : header) {
            sum += value & 0xff;
        }
        put(header, 148, octal(sum, 6) + "\0 ");
    }

    /** Encodes a number in octal digits if it fits, else in binary, like GNU tar. */
    private static void size(byte[] header, int at, long size) {
        if (size < 1L << 33) {
            put(header, at, octal(size, 11));
            return;
        }
        header[at] = (byte) 0x80;
        for (int i = 0; i < Long.BYTES; i++) {
            header[at + 4 + i] = (byte) (size >> (8 * (7 - i)));
        }
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static String octal(long value, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "o", value);
    }

    /** {@code <length> <key>=<value>\n}, where the length includes itself. */
    private static String attribute(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = rest.length() + 1;
        while (Integer.toString(length).length() + rest.length() != length) {
            length++;
        }
        return length + rest;
    }
}
