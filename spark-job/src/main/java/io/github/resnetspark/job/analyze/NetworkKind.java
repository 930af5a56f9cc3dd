package io.github.resnetspark.job.analyze;

import java.util.Locale;

/** The two kinds of networks that are compared at the same depth. */
public enum NetworkKind {
    /** Without skip connections. */
    PLAIN("plain"),
    /** With the shortcuts of the recipe. */
    RESIDUAL("resnet");

    private final String prefix;

    NetworkKind(String prefix) {
        this.prefix = prefix;
    }

    /** Such as {@code plain-56}. */
    public String name(int depth) {
        return prefix + "-" + depth;
    }

    /** The word for texts. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
