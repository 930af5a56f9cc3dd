package io.github.resnetspark.shard;

import java.io.Serializable;
import java.util.Arrays;

/**
 * One stored picture.
 *
 * @param bytes the encoded picture, JPEG or PNG; not copied, so do not modify it
 * @param path its path relative to the source; not empty
 * @param label its class number, 0 to classes - 1
 * @param width in pixels
 * @param height in pixels
 */
@SuppressWarnings("ArrayRecordComponent") // Encoded bytes stay an array: this is the hot path of reading.
public record ShardRow(byte[] bytes, String path, int label, int width, int height) implements Serializable {
    @Override
    public boolean equals(Object other) {
        return other instanceof ShardRow row
                && Arrays.equals(bytes, row.bytes)
                && path.equals(row.path)
                && label == row.label
                && width == row.width
                && height == row.height;
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return path + " (class " + label + ", " + width + " x " + height + ", " + bytes.length + " bytes)";
    }
}
