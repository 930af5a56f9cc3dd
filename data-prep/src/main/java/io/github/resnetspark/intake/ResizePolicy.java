package io.github.resnetspark.intake;

import io.github.resnetspark.image.ImageHeader;
import io.github.resnetspark.message.data.PrepareSettingFailures;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size in which pictures are stored.
 *
 * @param side the side that the policy applies to
 * @param pixels its length, at least 1; 0 for {@link Side#NONE}
 */
public record ResizePolicy(Side side, int pixels) implements Serializable {
    /** Keeps the original size. */
    public static final ResizePolicy NONE = new ResizePolicy(Side.NONE, 0);

    private static final Pattern TEXT = Pattern.compile("(short-side|square|max-side) +(\\d{1,5})");

    /** The side of a picture that a policy applies to. */
    public enum Side {
        /** Every picture keeps its size. */
        NONE,
        /** A short side that is longer shrinks to this length. Pictures are never enlarged. */
        SHORT_SIDE,
        /** Both sides get this length regardless of the aspect ratio. Small pictures are enlarged. */
        SQUARE,
        /** A long side that is longer shrinks to this length. Pictures are never enlarged. */
        MAX_SIDE
    }

    public ResizePolicy {
        if (side == Side.NONE ? pixels != 0 : pixels < 1) {
            throw new IllegalArgumentException(PrepareSettingFailures.resize(side + " " + pixels));
        }
    }

    /**
     * Parses a policy, such as {@code none} or {@code short-side 256}.
     *
     * @throws IllegalArgumentException if the text is not a policy
     */
    public static ResizePolicy of(String text) {
        if (text.equals("none")) {
            return NONE;
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) < 1) {
            throw new IllegalArgumentException(PrepareSettingFailures.resize(text));
        }
        Side side = Side.valueOf(matcher.group(1).toUpperCase(Locale.ROOT).replace('-', '_'));
        return new ResizePolicy(side, Integer.parseInt(matcher.group(2)));
    }

    /** The text that {@link #of} parses. */
    public String text() {
        return side == Side.NONE ? "none" : side.name().toLowerCase(Locale.ROOT).replace('_', '-') + " " + pixels;
    }

    /** The stored width of a picture. */
    int width(int width, int height) {
        return target(width, width, height);
    }

    /** The stored height of a picture. */
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
