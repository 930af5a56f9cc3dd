package io.github.resnetspark.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicDirectoryTest {
    @TempDir
    Path folder;

    private final Storage storage = Storage.of(new Configuration());
    private Path place;

    @BeforeEach
    void locate() {
        place = folder.resolve("place");
    }

    @Test
    void existsOncePublishedAndLeavesNothingElse() throws IOException {
        try (AtomicDirectory directory = AtomicDirectory.at(storage, hadoop(place))) {
            assertThat(directory.aside().getName()).matches("\\.place\\.writing-[0-9a-f-]{36}");
            fill(directory, "new");
            assertThat(place).doesNotExist();
            directory.publishNew();
        }

        assertThat(place.resolve("file")).hasContent("new");
        assertThat(folder.toFile().list()).containsExactly("place");
    }

    @Test
    void doesNotReplaceAnExistingDirectoryAndLeavesNothing() throws IOException {
        Files.createDirectory(place);
        Files.writeString(place.resolve("file"), "old");

        assertThatThrownBy(() -> {
                    try (AtomicDirectory directory = AtomicDirectory.at(storage, hadoop(place))) {
                        fill(directory, "new");
                        directory.publishNew();
                    }
                })
                .isInstanceOf(IOException.class);

        assertThat(place.resolve("file")).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("place");
    }

    @Test
    void replacesAnOlderDirectoryOnRequest() throws IOException {
        Files.createDirectory(place);
        Files.writeString(place.resolve("old file"), "old");

        try (AtomicDirectory directory = AtomicDirectory.unnamedAt(storage, hadoop(place))) {
            assertThat(directory.aside().getName()).matches("\\.writing-[0-9a-f-]{36}");
            fill(directory, "new");
            directory.publishInPlaceOfOlder();
        }

        assertThat(place.toFile().list()).containsExactly("file");
        assertThat(folder.toFile().list()).containsExactly("place");
    }

    private void fill(AtomicDirectory directory, String content) throws IOException {
        new AtomicFile(storage, new org.apache.hadoop.fs.Path(directory.aside(), "file"))
                .replace(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static org.apache.hadoop.fs.Path hadoop(Path path) {
        return new org.apache.hadoop.fs.Path(path.toString());
    }
}
