package io.github.resnetspark.job.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.recipe.Recipe;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentsTest {
    private static final Path DOCS = MarkdownPage.ROOT.resolve("docs");

    static Stream<MarkdownPage> pages() {
        return MarkdownPage.all().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAFileAndAHeading(MarkdownPage page) {
        List<String> broken = new ArrayList<>();
        for (String link : page.links()) {
            URI target = URI.create(link);
            if (target.getScheme() != null) {
                continue;
            }
            Path file = target.getPath().isEmpty()
                    ? page.file()
                    : page.file().resolveSibling(target.getPath()).normalize();
            boolean leadsSomewhere = file.startsWith(MarkdownPage.ROOT)
                    && Files.exists(file)
                    && (target.getFragment() == null
                            || MarkdownPage.read(file).anchors().contains(target.getFragment()));
            if (!leadsSomewhere) {
                broken.add(link);
            }
        }

        assertThat(broken).as("broken links of %s", page).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyRecipeLoads(MarkdownPage page, @TempDir Path folder) throws IOException {
        for (MarkdownPage.Block block : page.blocks()) {
            if (block.language().equals("hocon")) {
                Recipe.load(Optional.of(Files.writeString(folder.resolve("recipe.conf"), block.text())), List.of());
            }
        }
    }

    @Test
    void theIndexNamesEveryPage() throws IOException {
        try (Stream<Path> files = Files.list(DOCS)) {
            List<String> pages = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                    .toList();

            assertThat(MarkdownPage.read(DOCS.resolve("README.md")).links()).containsAll(pages);
        }
    }
}
