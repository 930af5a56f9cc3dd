package io.github.resnetspark.job.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.resnetspark.message.model.RecipeFailures;
import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.recipe.SettingsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "settings.md");
    private static final String WRITE = "settings.write";

    @Test
    void saysWhatTheDeclarationsSay() throws IOException {
        String page = SettingsPage.of(Recipe.SECTIONS);
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(DOCUMENT, page);
        }

        assertThat(DOCUMENT)
                .as("docs/settings.md differs from the declared settings. The command in its introduction, with -D"
                        + WRITE + "=true, writes it anew.")
                .content()
                .isEqualTo(page);
    }

    static Stream<String> keys() {
        return Recipe.SECTIONS.stream()
                .flatMap(section -> section.settings().stream().map(setting -> section.name() + "." + setting.key()));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyThatIsDeclaredIsRead(String key) {
        RecipeException exception = catchThrowableOfType(
                RecipeException.class,
                () -> Recipe.load(Optional.empty(), List.of(key + "={ no = \"type of a key\" }")));

        assertThat(exception.sentences()).singleElement().asString().startsWith("--set " + key + ": ");
    }

    @Test
    void everySectionThatIsReadIsDeclared() {
        RecipeException exception = catchThrowableOfType(
                RecipeException.class, () -> Recipe.load(Optional.empty(), List.of("something=1")));

        assertThat(exception.sentences())
                .containsExactly("--set something: "
                        + RecipeFailures.unknownSection(
                                "something",
                                Optional.empty(),
                                Recipe.SECTIONS.stream()
                                        .map(DeclaredSection::name)
                                        .toList()));
    }
}
