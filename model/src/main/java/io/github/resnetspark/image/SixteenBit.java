package io.github.resnetspark.image;

import java.util.Locale;

/** How samples of 16 bits become ones of 8. */
public enum SixteenBit {
    /** The upper 8 bits count. What uses fewer bits than 16 becomes dark: of 12 bits, 4 are left. */
    HIGH_BYTE,
    /**
     * As many bits count as the picture's largest sample needs: with n of them, 2ⁿ − 1 becomes 255 and the others follow in
     * proportion.
     */
    STRETCH;

    /** The word for it in a recipe, such as {@code high-byte}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What a sample becomes.
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
