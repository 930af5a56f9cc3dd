package io.github.resnetspark.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private Path place;
    private AtomicFile file;

    @BeforeEach
    void locate() {
        place = folder.resolve("deep/file");
        file = new AtomicFile(Storage.of(new Configuration()), new org.apache.hadoop.fs.Path(place.toUri()));
    }

    @Test
    void isCreatedOnceWithItsParentDirectoriesAndNothingElse() throws IOException {
        file.create(bytes("first"));

        assertThatThrownBy(() -> file.create(bytes("second"))).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(place).hasContent("first");
        assertThat(place.getParent().toFile().list()).containsExactly("file");
    }

    @Test
    void isReplacedAtomically() throws IOException {
        file.replace(bytes("a long first"));
        file.replace(bytes("second"));

        assertThat(place).hasContent("second");
        assertThat(place.getParent().toFile().list()).containsExactly("file");
    }

    @Test
    void leavesNothingIfADirectoryHasItsName() throws IOException {
        Files.createDirectories(place.resolve("in it"));

        assertThatThrownBy(() -> file.replace(bytes("content"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> file.create(bytes("content"))).isInstanceOf(IOException.class);
        assertThat(place.resolve("in it")).isDirectory();
        assertThat(place.getParent().toFile().list()).containsExactly("file");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
