package io.github.resnetspark.intake;

import io.github.resnetspark.image.ImageHeader;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size that pictures are stored in.
 *
 * @param side which side is meant
 * @param pixels how long it is, at least 1; 0 with {@link Side#NONE}
 */
public record ResizePolicy(Side side, int pixels) implements Serializable {
    /** As they came. */
    public static final ResizePolicy NONE = new ResizePolicy(Side.NONE, 0);

    private static final Pattern TEXT = Pattern.compile("(short-side|square|max-side) +(\\d{1,5})");

    /** Which side of a picture a policy is about. */
    public enum Side {
        /** None: every picture keeps its size. */
        NONE,
        /** A longer short side shrinks to it; nothing grows. */
        SHORT_SIDE,
        /** Both sides become it, whatever their ratio was, and small pictures grow. */
        SQUARE,
        /** A longer long side shrinks to it; nothing grows. */
        MAX_SIDE
    }

    public ResizePolicy {
        if (side == Side.NONE ? pixels != 0 : pixels < 1) {
            throw new IllegalArgumentException(
                    side + " " + pixels + " is no size. Use none, short-side 256, square 64 or max-side 500.");
        }
    }

    /**
     * The policy of that text, such as {@code none} or {@code short-side 256}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ResizePolicy of(String text) {
        if (text.equals("none")) {
            return NONE;
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) < 1) {
            throw new IllegalArgumentException("There is no size «" + text
                    + "». Use none, or short-side, square or max-side and a number of pixels, e.g. short-side 256.");
        }
        Side side = Side.valueOf(matcher.group(1).toUpperCase(Locale.ROOT).replace('-', '_'));
        return new ResizePolicy(side, Integer.parseInt(matcher.group(2)));
    }

    /** The text that {@link #of} reads. */
    public String text() {
        return side == Side.NONE ? "none" : side.name().toLowerCase(Locale.ROOT).replace('_', '-') + " " + pixels;
    }

    /** The width that a picture gets. */
    int width(int width, int height) {
        return target(width, width, height);
    }

    /** The height that a picture gets. */
    int height(int width, int height) {
        return target(height, width, height);
    }

    boolean changes(ImageHeader header) {
        return width(header.width(), header.height()) != header.width()
                || height(header.width(), header.height()) != header.height();
    }

    private int target(int length, int width, int height) {
        return switch (side) {
            case NONE -> length;
            case SQUARE -> pixels;
            case SHORT_SIDE -> shrunk(length, Math.min(width, height));
            case MAX_SIDE -> shrunk(length, Math.max(width, height));
        };
    }

    private int shrunk(int length, int reference) {
        return reference <= pixels ? length : Math.max(1, (int) ((long) length * pixels / reference));
    }
}
