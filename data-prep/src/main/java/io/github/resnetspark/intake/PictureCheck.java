package io.github.resnetspark.intake;

import java.util.Locale;

/** How hard each picture is looked at before it is stored. */
public enum PictureCheck {
    /**
     * Its header is read and its end looked for; damage in between is found only in pictures that are decoded anyway, to
     * convert them or for the channels' figures.
     */
    HEADER,
    /** It is decoded from its first to its last pixel. */
    DECODE;

    /** The word for it in a recipe, such as {@code header}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
