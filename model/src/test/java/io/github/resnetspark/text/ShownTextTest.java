package io.github.resnetspark.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.message.model.RecipeFailures;
import io.github.resnetspark.recipe.Problems;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShownTextTest {
    @Test
    void keepsOrdinaryText() {
        assertThat(ShownText.start("conv1.weight Häuschen “x”")).isEqualTo("conv1.weight Häuschen “x”");
    }

    @Test
    void putsTextOnOneLineAndShortensIt() {
        assertThat(ShownText.start("a\nb\0c\u2028d\u0085e\u001b[1m"))
                .isEqualTo("a\\nb\\u0000c\\u2028d\\u0085e\\u001b[1m");
        assertThat(ShownText.start("x".repeat(1_000_000))).isEqualTo("x".repeat(120) + "…");
    }

    @Test
    void namesTheFirstOfMany() {
        assertThat(ShownText.first(List.of("a", "b"))).isEqualTo("a, b");
        assertThat(ShownText.first(Collections.nCopies(12, "a"))).isEqualTo("a, a, a, a, a, a, a, a, a, a, and 2 more");
    }

    @Test
    void aProblemStaysOnOneLine() {
        Problems problems = new Problems();

        problems.add(
                "r.conf:1",
                RecipeFailures.notAcceptable("depth", "\n" + "(".repeat(5000), "a whole number", "Set it to 20."));

        assertThat(problems.sentences())
                .containsExactly("r.conf:1: depth is \\n" + "(".repeat(490) + "…. Set it to 20.");
    }
}
