package io.github.resnetspark.job.registry;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The names of versions: 1, 2, 3 and so on, as a Triton Inference Server wants them, too. */
final class VersionNumber {
    private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,8}");

    /** Rising. */
    static final Comparator<String> ORDER = Comparator.comparingInt(Integer::parseInt);

    private VersionNumber() {}

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** The one after all these. */
    static String after(List<String> versions) {
        return Integer.toString(
                1 + versions.stream().mapToInt(Integer::parseInt).max().orElse(0));
    }
}
