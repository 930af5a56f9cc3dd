package io.github.resnetspark.job.score;

import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.message.job.ScoreNotices;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Decoded pictures of Spark's {@code image} data source: rows from top to bottom, interleaved channels, blue first.
 * Written as BMP files, whose pixels are in that order, so that they take the same way as encoded pictures.
 */
final class BgrPixels {
    private static final int HEADER = 54;
    private static final int INFO_HEADER = 40;
    private static final int CHANNELS = 3;

    private BgrPixels() {}

    /**
     * A BMP file of 24 bits per pixel.
     *
     * @param channels 1 for grey, 3 for blue, green, red, 4 with opacity, which is dropped as in PNG files
     * @param pixels {@code [height, width, channels]}, unsigned bytes
     * @throws ImageException if the sizes do not match; Spark's source marks unreadable files by −1
     */
    static byte[] bmp(int width, int height, int channels, byte[] pixels) {
        if (width < 1
                || height < 1
                || !(channels == 1 || channels == CHANNELS || channels == 4)
                || pixels == null
                || pixels.length != (long) width * height * channels) {
            throw new ImageException(ScoreNotices.noPixels(width, height, channels));
        }
        long stride = (width * (long) CHANNELS + 3) / 4 * 4;
        long length = HEADER + stride * height;
        if (length > Integer.MAX_VALUE) {
            throw new ImageException(ScoreNotices.noPixels(width, height, channels));
        }
        ByteBuffer file = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'B').put((byte) 'M').putInt((int) length).putInt(0).putInt(HEADER);
        file.putInt(INFO_HEADER)
                .putInt(width)
                .putInt(height)
                .putShort((short) 1)
                .putShort((short) (8 * CHANNELS))
                .putInt(0)
                .putInt((int) (length - HEADER));
        // The lowest row comes first.
        for (int row = height - 1; row >= 0; row--) {
            file.position((int) (HEADER + stride * (height - 1 - row)));
            for (int column = 0; column < width; column++) {
                int pixel = (row * width + column) * channels;
                for (int channel = 0; channel < CHANNELS; channel++) {
                    file.put(pixels[pixel + (channels == 1 ? 0 : channel)]);
                }
            }
        }
        return file.array();
    }
}
