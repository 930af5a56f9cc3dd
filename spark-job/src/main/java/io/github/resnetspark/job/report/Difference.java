package io.github.resnetspark.job.report;

import static j2html.TagCreator.span;

import j2html.tags.DomContent;
import java.util.Locale;

/** A gain or a loss between two models, in the colour of it. */
final class Difference {
    private Difference() {}

    /** Of a share, in percentage points. A gain is good. */
    static DomContent points(double gain) {
        return shown(String.format(Locale.ROOT, "%+.2f", 100 * gain), gain);
    }

    /**
     * Any text.
     *
     * @param gain above 0 if the difference is good, below 0 if it is bad
     */
    static DomContent shown(String text, double gain) {
        return gain == 0 ? span(text) : span(text).withStyle(gain > 0 ? "color: var(--good)" : "color: var(--bad)");
    }
}
