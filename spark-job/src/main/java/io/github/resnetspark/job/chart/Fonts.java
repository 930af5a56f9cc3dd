package io.github.resnetspark.job.chart;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;

/** The letters of all charts. */
public final class Fonts {
    private Fonts() {}

    static Font plain(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }

    static Font bold(int size) {
        return new Font(Font.SANS_SERIF, Font.BOLD, size);
    }

    /**
     * Tries them, so that nobody computes for hours what cannot be drawn then.
     *
     * @throws ChartException if this machine has none
     */
    public static void require() {
        try {
            new TextLayout("0", plain(13), new FontRenderContext(null, true, true));
        } catch (LinkageError | InternalError | RuntimeException e) {
            throw new ChartException(
                    "Pictures cannot be drawn here, for Java finds no fonts (" + e + "). Install some, such as the"
                            + " packages fontconfig and fonts-dejavu-core.",
                    e);
        }
    }
}
