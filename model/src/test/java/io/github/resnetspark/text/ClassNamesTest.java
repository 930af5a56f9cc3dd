package io.github.resnetspark.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassNamesTest {
    @Test
    void takesNamesOfEveryLanguageAndWithEveryVisibleCharacter() {
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
    void tellsEveryNameThatCannotBeUsedWithItsCharactersEscaped() {
        String control =
                ", which has a control character, a line break or a change of the direction of writing. Rename it.";

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
                        "Class 0 is called «cat\\r»" + control,
                        "Class 2 is called «a\\u2028b»" + control,
                        "Class 3 is called «a\\u2029b»" + control,
                        "Class 4 is called «a\\u0085b»" + control,
                        "Class 5 is called «a\\nb»" + control,
                        "Class 6 is called «\\u001b[31mred»" + control,
                        "Class 7 is called «\\u202eevil»" + control,
                        "Class 8 is called «a\\ud800b»" + control,
                        "Class 9 is called «\\ufeffcat»" + control,
                        "Class 10 is called «», which is blank. Rename it.",
                        "Class 11 is called « », which is blank. Rename it.",
                        "Class 12 is called « cat», which begins or ends with a blank. Rename it.",
                        "Class 13 is called «cat\u00A0», which begins or ends with a blank. Rename it.",
                        "Class 14 is called «" + "y".repeat(500)
                                + "…», which is longer than 500 characters. Rename it.");
    }
}
