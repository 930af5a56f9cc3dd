package io.github.resnetspark.prepare;

import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Manifest.SplitCounts;
import io.github.resnetspark.shard.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/** Which classes have too few pictures for what the splits are for. Pure. */
public final class ClassCoverage {
    private static final int NAMED = 10;

    private ClassCoverage() {}

    /** A warning for everything that trains without an error and may not be meant; empty if there is nothing. */
    public static List<String> warnings(Manifest manifest) {
        List<String> warnings = new ArrayList<>();
        boolean trains = manifest.examples(Split.TRAIN) > 0;
        boolean validates = manifest.examples(Split.VALIDATION) > 0;
        if (manifest.classes() == 1) {
            warnings.add("There is only one class, «" + manifest.classNames().get(0)
                    + "», so there is nothing to tell apart. Arrange the pictures as train/<class>/<picture>.");
        }
        if (trains) {
            warn(
                    warnings,
                    manifest,
                    Split.TRAIN,
                    count -> count == 0,
                    "no picture to train on",
                    "A model cannot learn them: add pictures, or leave the classes out.");
            warn(warnings, manifest, Split.TRAIN, count -> count == 1, "only one picture to train on", "Add pictures.");
        }
        if (validates) {
            warn(
                    warnings,
                    manifest,
                    Split.VALIDATION,
                    count -> count == 0,
                    "no picture to validate with",
                    "No figure says how well they are recognised: put some of their pictures into the validation split.");
        } else if (trains) {
            warnings.add(
                    "There are no pictures to validate with, so training keeps its last epoch instead of its best, "
                            + "and reports no accuracy. Put some pictures of each class into the validation split.");
        }
        return warnings;
    }

    private static void warn(
            List<String> warnings, Manifest manifest, Split split, LongPredicate applies, String what, String remedy) {
        List<Long> perClass = manifest.splits().stream()
                .filter(counts -> counts.split() == split)
                .map(SplitCounts::perClass)
                .findFirst()
                .orElse(List.of());
        List<String> names = IntStream.range(0, perClass.size())
                .filter(label -> applies.test(perClass.get(label)))
                .mapToObj(label -> "«" + manifest.classNames().get(label) + "»")
                .toList();
        if (!names.isEmpty()) {
            int more = names.size() - NAMED;
            warnings.add(String.format(
                    Locale.ROOT,
                    "%,d of %,d classes %s %s: %s%s. %s",
                    names.size(),
                    manifest.classes(),
                    names.size() == 1 ? "has" : "have",
                    what,
                    String.join(", ", names.subList(0, Math.min(NAMED, names.size()))),
                    more > 0 ? " and " + more + " more" : "",
                    remedy));
        }
    }
}
