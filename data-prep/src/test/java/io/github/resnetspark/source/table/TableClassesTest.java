package io.github.resnetspark.source.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.message.data.SourceReasons;
import io.github.resnetspark.message.data.TableFailures;
import io.github.resnetspark.message.data.TableReasons;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.table.TableColumns.Labels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableClassesTest {
    @Test
    void namesAreSortedUnlessTheRecipeHasAnOrder() {
        assertThat(of(Labels.NAMES, List.of(), "dog", "cat", "10", "9").names())
                .containsExactly("10", "9", "cat", "dog");
        TableClasses given = of(Labels.NAMES, List.of("dog", "cat"), "cat", "dog");
        assertThat(given.names()).containsExactly("dog", "cat");
        assertThat(given.numbers()).containsEntry("dog", 0).containsEntry("cat", 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"NUMBERS", "UNTYPED"})
    void numbersAreTheClassNumbers(Labels kind) {
        String[] labels = IntStream.range(0, 12).mapToObj(Integer::toString).toArray(String[]::new);
        List<String> names =
                IntStream.range(0, 12).mapToObj(i -> "class " + (11 - i)).toList();

        TableClasses plain = of(kind, List.of(), labels);
        TableClasses named = of(kind, names, labels);

        assertThat(plain.names()).containsExactly(labels);
        assertThat(plain.numbers()).containsEntry("10", 10);
        assertThat(named.names()).isEqualTo(names);
        assertThat(named.numbers()).containsEntry("10", 10);
    }

    @Test
    void untypedLabelsAreNamesIfOneOfThemIs() {
        assertThat(of(Labels.UNTYPED, List.of(), "2", "007", "10").names()).containsExactly("007", "10", "2");
    }

    /** Every set of class numbers with a gap is refused, and each of the first gaps is named. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void numbersWithGapsAreRefused(long seed) {
        Random random = new Random(seed);
        List<Integer> all = new ArrayList<>(IntStream.range(0, 40).boxed().toList());
        Collections.shuffle(all, random);
        Set<Integer> kept = new TreeSet<>(all.subList(0, 20 + random.nextInt(15)));
        kept.add(39);
        List<String> problems = IntStream.range(0, 40)
                .filter(number -> !kept.contains(number))
                .limit(10)
                .mapToObj(number -> TableReasons.missingNumber(number, 39))
                .toList();

        assertThatThrownBy(() -> of(
                        Labels.NUMBERS,
                        List.of(),
                        kept.stream().map(number -> number.toString()).toArray(String[]::new)))
                .isInstanceOf(SourceException.class)
                .hasMessage(TableFailures.unusableLabels("t", problems));
    }

    @Test
    void saysAllThatIsWrongWithTheLabelsOfTheRecipe() {
        refuses(
                () -> of(Labels.NAMES, List.of("cat", "dog"), "cat", "cow", "ant"),
                TableReasons.unusedClass("dog"),
                SourceReasons.notInLabels("ant"),
                SourceReasons.notInLabels("cow"));
        refuses(
                () -> of(Labels.NUMBERS, List.of("cat", "dog"), "1", "2", "99999999999999999"),
                TableReasons.numberWithoutName(2, 2),
                TableReasons.numberWithoutName(99_999_999_999_999_999L, 2),
                TableReasons.unusedClass("cat"));
        refuses(() -> of(Labels.NAMES, List.of()), TableReasons.noLabelledRow());
    }

    private static void refuses(Runnable numbering, String... problems) {
        assertThatThrownBy(numbering::run)
                .isInstanceOf(SourceException.class)
                .hasMessage(TableFailures.unusableLabels("t", List.of(problems)));
    }

    private static TableClasses of(Labels kind, List<String> given, String... found) {
        return TableClasses.of(Set.of(found), kind, given, "t");
    }
}
