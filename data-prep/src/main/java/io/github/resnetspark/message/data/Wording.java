package io.github.resnetspark.message.data;

import io.github.resnetspark.text.ShownText;
import java.util.List;
import java.util.Locale;

/** The parts that several messages share: quoted names, escaped paths, counts with their plural, shortened lists. */
final class Wording {
    private static final int LISTED = 10;

    private Wording() {}

    /** A name from outside, escaped, shortened and quoted. */
    static String quoted(String name) {
        return "'" + ShownText.start(name) + "'";
    }

    /** A picture's path, escaped and quoted, but not shortened, because users look for the file. */
    static String quotedPath(String path) {
        return "'" + path(path) + "'";
    }

    /** The first ten names, each quoted, and how many more there are. */
    static String quoted(List<String> names) {
        return ShownText.first(names.stream().map(Wording::quoted).toList());
    }

    /** A path or URI, escaped and without a password, but not shortened. */
    static String path(String path) {
        return ShownText.line(path);
    }

    /** Such as {@code 1 file} or {@code 1,200 files}. */
    static String count(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }

    /** Such as {@code 1,200.5 MB}. */
    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }

    /** Such as {@code 1 of 4 classes has} or {@code 2 of 4 classes have}. */
    static String share(long count, long total, String many, String isOne, String areMany) {
        return String.format(Locale.ROOT, "%,d of %,d %s %s", count, total, many, count == 1 ? isOne : areMany);
    }

    /** The first ten names without quotes, each escaped; an ellipsis stands for the others. */
    static String some(List<String> names) {
        return String.join(
                        ", ", names.stream().limit(LISTED).map(ShownText::start).toList())
                + (names.size() > LISTED ? ", …" : "");
    }
}
