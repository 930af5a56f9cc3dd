package io.github.resnetspark.prepare;

import io.github.resnetspark.message.data.PrepareNotices;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Manifest.SplitCounts;
import io.github.resnetspark.shard.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/** Finds classes with too few pictures. A pure function. */
public final class ClassCoverage {
    private ClassCoverage() {}

    /** Warnings about data that can be used for training but is probably not intended; empty if there are none. */
    public static List<String> warnings(Manifest manifest) {
        List<String> warnings = new ArrayList<>();
        boolean trains = manifest.examples(Split.TRAIN) > 0;
        boolean validates = manifest.examples(Split.VALIDATION) > 0;
        if (manifest.classes() == 1) {
            warnings.add(PrepareNotices.oneClass(manifest.classNames().get(0)));
        }
        if (trains) {
            warn(warnings, manifest, Split.TRAIN, count -> count == 0, PrepareNotices::classesWithoutTraining);
            warn(warnings, manifest, Split.TRAIN, count -> count == 1, PrepareNotices::classesWithOneTrainingPicture);
        }
        if (validates) {
            warn(warnings, manifest, Split.VALIDATION, count -> count == 0, PrepareNotices::classesWithoutValidation);
        } else if (trains) {
            warnings.add(PrepareNotices.noValidation());
        }
        return warnings;
    }

    private static void warn(
            List<String> warnings, Manifest manifest, Split split, LongPredicate applies, Message message) {
        List<Long> perClass = manifest.splits().stream()
                .filter(counts -> counts.split() == split)
                .map(SplitCounts::perClass)
                .findFirst()
                .orElse(List.of());
        List<String> names = IntStream.range(0, perClass.size())
                .filter(label -> applies.test(perClass.get(label)))
                .mapToObj(manifest.classNames()::get)
                .toList();
        if (!names.isEmpty()) {
            warnings.add(message.about(names, manifest.classes()));
        }
    }

    private interface Message {
        String about(List<String> classNames, int classes);
    }
}
