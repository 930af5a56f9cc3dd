package io.github.resnetspark.job.preflight;

import java.util.Locale;

/** Amounts of memory and numbers of things as people read them, and as settings take them. */
final class Amounts {
    private static final long MEBI = 1L << 20;
    private static final double GIBI = 1L << 30;
    private static final long STEP = 256 * MEBI;

    private Amounts() {}

    /** «1.5 GiB» or «300 MiB». */
    static String text(long bytes) {
        return bytes >= GIBI
                ? String.format(Locale.ROOT, "%.1f GiB", bytes / GIBI)
                : Math.round((double) bytes / MEBI) + " MiB";
    }

    /** «1 slot» or «2 slots». */
    static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** Rounded up to a quarter of a GiB, as Spark and Java take it: «1280m». */
    static String setting(long bytes) {
        return (bytes + STEP - 1) / STEP * STEP / MEBI + "m";
    }
}
