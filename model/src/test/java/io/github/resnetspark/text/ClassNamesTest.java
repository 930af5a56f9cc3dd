package io.github.resnetspark.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassNamesTest {
    @Test
    void acceptsNamesOfAllLanguagesAndVisibleCharacters() {
        assertThat(ClassNames.problems(
                        List.of(
                                "cat",
                                "n01440764 tench, Tinca tinca",
                                "naïve",
                                "北京",
                                "شیرِ دریایی",
                                "می\u200Cخواهم",
                                "👩\u200D🚀",
                                "a|b*_<i>[x](y)`\\",
                                "#",
                                "7",
                                "x".repeat(500)),
                        "Rename it."))
                .isEmpty();
    }

    @Test
    void reportsEveryInvalidNameWithEscapedCharacters() {
        String control =
                ", which contains a control character, a line break or a change of writing direction. Rename it.";

        assertThat(ClassNames.problems(
                        List.of(
                                "cat\r",
                                "dog",
                                "a\u2028b",
                                "a\u2029b",
                                "a\u0085b",
                                "a\nb",
                                "\u001b[31mred",
                                "\u202Eevil",
                                "a\uD800b",
                                "\uFEFFcat",
                                "",
                                " ",
                                " cat",
                                "cat\u00A0",
                                "y".repeat(501)),
                        "Rename it."))
                .containsExactly(
                        "Class 0 has the name 'cat\\r'" + control,
                        "Class 2 has the name 'a\\u2028b'" + control,
                        "Class 3 has the name 'a\\u2029b'" + control,
                        "Class 4 has the name 'a\\u0085b'" + control,
                        "Class 5 has the name 'a\\nb'" + control,
                        "Class 6 has the name '\\u001b[31mred'" + control,
                        "Class 7 has the name '\\u202eevil'" + control,
                        "Class 8 has the name 'a\\ud800b'" + control,
                        "Class 9 has the name '\\ufeffcat'" + control,
                        "Class 10 has the name '', which is blank. Rename it.",
                        "Class 11 has the name ' ', which is blank. Rename it.",
                        "Class 12 has the name ' cat', which starts or ends with a blank. Rename it.",
                        "Class 13 has the name 'cat\u00A0', which starts or ends with a blank. Rename it.",
                        "Class 14 has the name '" + "y".repeat(500)
                                + "…', which is longer than 500 characters. Rename it.");
    }
}
