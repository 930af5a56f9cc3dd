package io.github.resnetspark.image;

import java.util.Locale;

/** How 16-bit samples become 8-bit samples. */
public enum SixteenBit {
    /** Uses the upper 8 bits. Pictures that use fewer than 16 bits become dark: 4 of 12 bits remain. */
    HIGH_BYTE,
    /**
     * Scales by the bits that the picture's largest sample needs: with n bits, 2ⁿ − 1 becomes 255, and other values follow in
     * proportion.
     */
    STRETCH;

    /** The value in a recipe, such as {@code high-byte}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Converts one sample.
     *
     * @param sample 0 to 2ⁿ − 1
     * @param bits n, 1 to 16
     */
    int toByte(int sample, int bits) {
        if (this == HIGH_BYTE) {
            return sample >> Byte.SIZE;
        }
        int largest = (1 << bits) - 1;
        return (sample * 255 + largest / 2) / largest;
    }
}
