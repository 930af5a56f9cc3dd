package io.github.resnetspark.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.message.data.PrepareNotices;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Manifest.ChannelStatistics;
import io.github.resnetspark.shard.Manifest.SplitCounts;
import io.github.resnetspark.shard.Split;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassCoverageTest {
    @Test
    void doesNotWarnIfEveryClassHasPicturesInBothSplits() {
        assertThat(warnings(List.of(2L, 5L), List.of(1L, 1L))).isEmpty();
    }

    @Test
    void warnsOfClassesWithTooFewPictures() {
        assertThat(warnings(List.of(0L, 1L, 1L, 7L), List.of(1L, 0L, 1L, 1L)))
                .containsExactly(
                        PrepareNotices.classesWithoutTraining(List.of("c0"), 4),
                        PrepareNotices.classesWithOneTrainingPicture(List.of("c1", "c2"), 4),
                        PrepareNotices.classesWithoutValidation(List.of("c1"), 4));
    }

    @Test
    void warnsOfMissingValidationPictures() {
        assertThat(warnings(List.of(2L, 2L), List.of(0L, 0L))).containsExactly(PrepareNotices.noValidation());
    }

    @Test
    void aTestSetNeedsNoTrainingPictures() {
        assertThat(warnings(List.of(0L, 0L), List.of(3L, 1L))).isEmpty();
    }

    @Test
    void namesAtMostTenClasses() {
        assertThat(warnings(Collections.nCopies(1200, 1L), Collections.nCopies(1200, 1L)))
                .singleElement()
                .asString()
                .startsWith("1,200 of 1,200 classes have only one training picture: 'c0', 'c1', ")
                .endsWith(", 'c9', and 1190 more. Add pictures.");
    }

    @Test
    void warnsOfASingleClass() {
        assertThat(warnings(List.of(4L), List.of(2L))).containsExactly(PrepareNotices.oneClass("c0"));
    }

    private static List<String> warnings(List<Long> train, List<Long> validation) {
        return ClassCoverage.warnings(new Manifest(
                Manifest.FORMAT_VERSION,
                "0",
                "f00",
                "file:/made",
                Map.of(),
                IntStream.range(0, train.size()).mapToObj(label -> "c" + label).toList(),
                List.of(split(Split.TRAIN, train), split(Split.VALIDATION, validation)),
                new ChannelStatistics(List.of(0.5, 0.5, 0.5), List.of(0.2, 0.2, 0.2), "made", 1, 1),
                List.of(),
                List.of()));
    }

    private static SplitCounts split(Split split, List<Long> perClass) {
        return new SplitCounts(
                split, perClass.stream().mapToLong(Long::longValue).sum(), perClass);
    }
}
