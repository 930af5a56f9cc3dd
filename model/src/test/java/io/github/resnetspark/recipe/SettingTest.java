package io.github.resnetspark.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.resnetspark.recipe.Setting.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SettingTest {
    private enum Order {
        RISING,
        FALLING
    }

    private static final Setting<Integer> EPOCHS = Setting.integer("epochs")
            .unit("passes")
            .within(Range.atLeast(1))
            .orElse(90)
            .help("How long.")
            .remedy("Write 90.");

    @Test
    void describesItsTypeAndItsDefault() {
        assertThat(EPOCHS.typeInWords()).isEqualTo("whole number of passes, at least 1");
        assertThat(EPOCHS.defaultInWords()).isEqualTo("`90`");
        assertThat(Setting.decimals("means")
                        .within(Range.between(0, 1))
                        .must(means -> means.size() == 3, "a list of three numbers")
                        .limitInWords("below `high`")
                        .typeInWords())
                .isEqualTo("list of numbers, each between 0 and 1; a list of three numbers; below `high`");
        assertThat(Setting.integers("every")
                        .unit("minibatches")
                        .within(Range.atLeast(1))
                        .typeInWords())
                .isEqualTo("whole number of minibatches or a list of them, each at least 1");
        assertThat(Setting.choice("order", Order.class).typeInWords()).isEqualTo("`rising`, `falling`");
        assertThat(Setting.memorySize("size").within(Range.atLeast(1)).typeInWords())
                .isEqualTo("size (KiB, MiB, GiB), at least 1 B");
        assertThat(Setting.text("name").defaultInWords()).isEqualTo("none");
        assertThat(Setting.text("name").orElse("x").defaultInWords("what fits").defaultInWords())
                .isEqualTo("what fits");
    }

    @Test
    void writesDefaultsAsInARecipe() {
        assertThat(Setting.decimal("rate").orElse(1e-4).defaultInWords()).isEqualTo("`0.0001`");
        assertThat(Setting.decimal("rate").orElse(0.0).defaultInWords()).isEqualTo("`0`");
        assertThat(Setting.decimals("rates").orElse(List.of(0.5, 1.0)).defaultInWords())
                .isEqualTo("`[0.5, 1]`");
        assertThat(Setting.integers("every").orElse(List.of(10)).defaultInWords())
                .isEqualTo("`10`");
        assertThat(Setting.memorySize("size").orElse(64L << 20).defaultInWords())
                .isEqualTo("`64 MiB`");
        assertThat(Setting.memorySize("size").orElse(3L << 40).defaultInWords()).isEqualTo("`3072 GiB`");
        assertThat(Setting.memorySize("size").orElse(1025L).defaultInWords()).isEqualTo("`1025 B`");
        assertThat(Setting.duration("wait").orElse(Duration.ofMinutes(90)).defaultInWords())
                .isEqualTo("`90 minutes`");
        assertThat(Setting.duration("wait").orElse(Duration.ofMillis(1500)).defaultInWords())
                .isEqualTo("`1500 ms`");
        assertThat(Setting.choice("order", Order.class).orElse(Order.FALLING).defaultInWords())
                .isEqualTo("`falling`");
    }

    @Test
    void refusesAValueThatBreaksAConditionWithTheDeclaredRemedy() {
        Setting<String> quoted = described(Setting.text("quoted")
                .must(text -> text.startsWith("a"), "a word with a")
                .quotedAs(text -> "'" + text + "'"));
        Setting<String> other = described(Setting.text("other").must(text -> text.startsWith("a"), "a", "Write abc."));
        Setting<Duration> time = described(Setting.duration("time").must(Duration::isZero, "nothing"));
        Setting<Integer> made = described(
                Setting.text("made").must(text -> text.length() > 1, "long").as(String::length, String::valueOf));

        RecipeException exception = catchThrowableOfType(RecipeException.class, () -> {
            RecipeFile file =
                    RecipeFile.withoutFile(List.of("all.quoted=b", "all.other=c", "all.time=2 s", "all.made=d"));
            RecipeSection all = file.section(new DeclaredSection("all", "All.", List.of(quoted, other, time, made)));
            all.find(quoted);
            all.find(other);
            all.find(time);
            all.find(made);
            file.finish();
        });

        assertThat(exception.sentences())
                .containsExactly(
                        "--set all.quoted: quoted is 'b' but must be a word with a. Write it.",
                        "--set all.other: other is c but must be a. Write abc.",
                        "--set all.time: time is 2000 ms but must be nothing. Write it.",
                        "--set all.made: made is d but must be long. Write it.");
    }

    @Test
    void convertsToAnotherTypeWithTheSameConditions() {
        Setting<String> made = described(Setting.text("made")
                .must(text -> !text.contains("x"), "without x")
                .as(text -> text.toUpperCase(Locale.ROOT), text -> text));
        RecipeSection all = RecipeFile.withoutFile(List.of("all.made=abc"))
                .section(new DeclaredSection("all", "All.", List.of(made)));

        assertThat(all.value(made)).isEqualTo("ABC");
        assertThat(made.typeInWords()).isEqualTo("text: without x");
        assertThat(all.identity()).containsEntry("all.made", "ABC");
    }

    @Test
    void identifiesARunByTheValuesThatDecideItsResult() {
        Setting<Double> always = described(Setting.decimal("always").orElse(1e-4));
        Setting<Integer> never = described(Setting.integer("never").orElse(1).identity(Identity.NEVER));
        Setting<Integer> later = described(Setting.integer("later").orElse(1).identity(Identity.UNLESS_DEFAULT));
        Setting<Integer> written =
                described(Setting.integer("written").orElse(1).identity(Identity.IF_SET));
        DeclaredSection declared = new DeclaredSection("all", "All.", List.of(always, never, later, written));

        RecipeSection silent = RecipeFile.withoutFile(List.of()).section(declared);
        RecipeSection other = RecipeFile.withoutFile(List.of("all.never=2", "all.later=2", "all.written=1"))
                .section(declared);
        for (RecipeSection section : List.of(silent, other)) {
            declared.settings().forEach(section::find);
        }

        assertThat(silent.identity()).containsOnlyKeys("all.always").containsEntry("all.always", "1.0E-4");
        assertThat(other.identity())
                .containsOnlyKeys("all.always", "all.later", "all.written")
                .containsEntry("all.later", "2")
                .containsEntry("all.written", "1");
    }

    @Test
    void canOnlyBeReadFromItsSectionAndNeedsADefault() {
        RecipeSection train =
                RecipeFile.withoutFile(List.of()).section(new DeclaredSection("train", "Train.", List.of(EPOCHS)));

        assertThatThrownBy(() -> train.value(Setting.integer("seed")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("seed is not declared in the section train");
        assertThatThrownBy(() -> train.value(Setting.integer("epochs")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epochs has no default");
    }

    @Test
    void mustBeDeclaredOnceWithHelpAndRemedy() {
        assertThatThrownBy(() -> new DeclaredSection("train", "Train.", List.of(EPOCHS, EPOCHS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("train.epochs is declared twice");
        assertThatThrownBy(() -> new DeclaredSection("train", "Train.", List.of(Setting.integer("seed"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("train.seed lacks its help line or its remedy");
    }

    private static <T> Setting<T> described(Setting<T> setting) {
        return setting.help("It.").remedy("Write it.");
    }
}
