package io.github.resnetspark.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicWriteTest {
    @TempDir
    Path folder;

    @Test
    void aFileReplacesAnotherOneAndLeavesNothingBehind() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");

        try (AtomicWrite write = AtomicWrite.to(file)) {
            Files.writeString(write.aside(), "new");
            assertThat(file).hasContent("old");
            write.commit();
        }

        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryNotContaining("glob:**.writing-*");
    }

    @Test
    void aDirectoryReplacesAnEmptyOne() throws IOException {
        Path place = Files.createDirectory(folder.resolve("place"));

        try (AtomicWrite write = AtomicWrite.to(place)) {
            Files.createDirectory(write.aside());
            Files.writeString(write.aside().resolve("file"), "content");
            write.commit();
        }

        assertThat(place.resolve("file")).hasContent("content");
    }

    @Test
    void anExistingDirectoryIsKeptAndNothingIsLeftBehind() throws IOException {
        Path place = Files.createDirectory(folder.resolve("place"));
        Files.writeString(place.resolve("file"), "mine");

        assertThatThrownBy(() -> {
                    try (AtomicWrite write = AtomicWrite.to(place)) {
                        Files.createDirectories(write.aside().resolve("deep/deeper"));
                        Files.writeString(write.aside().resolve("deep/deeper/file"), "yours");
                        write.commit();
                    }
                })
                .isInstanceOf(IOException.class);

        assertThat(place.resolve("file")).hasContent("mine");
        assertThat(folder.toFile().list()).containsExactly("place");
    }
}
