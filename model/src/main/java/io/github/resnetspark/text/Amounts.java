package io.github.resnetspark.text;

import java.util.Locale;

/** Amounts of memory and numbers of things as people read them, and as settings take them. */
public final class Amounts {
    private static final long MEBI = 1L << 20;
    private static final double GIBI = 1L << 30;
    private static final long STEP = 256 * MEBI;

    private Amounts() {}

    /** Bytes as {@code 1.5 GiB} or {@code 300 MiB}. */
    public static String text(long bytes) {
        return bytes >= GIBI
                ? String.format(Locale.ROOT, "%.1f GiB", bytes / GIBI)
                : Math.round((double) bytes / MEBI) + " MiB";
    }

    /** A number with the noun that it counts, as {@code 1 slot} or {@code 2 slots}. */
    public static String counted(long count, String what) {
        return counted(count, what, what + "s");
    }

    /** The same for a noun whose plural is irregular. */
    public static String counted(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }

    /** Bytes rounded up to a quarter of a GiB, as Spark and Java take them: {@code 1280m}. */
    public static String setting(long bytes) {
        return (bytes + STEP - 1) / STEP * STEP / MEBI + "m";
    }
}
