package io.github.resnetspark.job.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.resnetspark.job.checkpoint.RunIdentity;
import io.github.resnetspark.job.retrain.RetrainIdentity;
import io.github.resnetspark.message.model.RecipeFailures;
import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.SettingsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "settings.md");
    private static final String WRITE = "settings.write";

    @Test
    void thePageIsGeneratedFromTheDeclarations() throws IOException {
        String page = SettingsPage.of(Recipe.SECTIONS, SettingsDocumentTest::onResume);
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(DOCUMENT, page);
        }

        assertThat(DOCUMENT)
                .as("docs/settings.md differs from the declared settings. Run this test with -D" + WRITE
                        + "=true to generate it again.")
                .content()
                .isEqualTo(page);
    }

    /** Whether a key may change when a run resumes, by the checks that refuse such a run. */
    private static String onResume(DeclaredSection section, Setting<?> setting) {
        String key = section.name() + "." + setting.key();
        boolean retrain =
                Set.of("prepare", "registry", "promote", "prune", "retrain").contains(section.name());
        return switch (setting.identity()) {
            case NAMES_THE_RUN -> "names the run";
            case NEVER -> retrain && RetrainIdentity.refuses(key) ? "no" : "yes";
            case ALWAYS, UNLESS_DEFAULT, IF_SET -> retrain ? "no" : mayRise(key) ? "may rise" : "no";
        };
    }

    private static boolean mayRise(String key) {
        RunIdentity before = new RunIdentity(new TreeMap<>(Map.of(key, "1")), "");
        RunIdentity raised = new RunIdentity(new TreeMap<>(Map.of(key, "2")), "");
        return before.refusals(raised, "").isEmpty();
    }

    @Test
    void retrainRefusesWhatThePageSaysInItsIntroduction() {
        assertThat(RetrainIdentity.refuses("data.shards")).isTrue();
        assertThat(RetrainIdentity.refuses("train.epochs")).isTrue();
        assertThat(RetrainIdentity.refuses("prepare.source")).isTrue();
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
