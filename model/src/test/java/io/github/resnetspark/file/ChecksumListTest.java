package io.github.resnetspark.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumListTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    Path folder;

    @Test
    void hasALineForEveryOtherFileSortedByName() throws IOException {
        Files.writeString(folder.resolve("b.txt"), "abc");
        Files.writeString(folder.resolve("a.txt"), "");
        Files.writeString(folder.resolve(ChecksumList.FILE_NAME), "an older one");

        assertThat(ChecksumList.ofFilesIn(folder).text()).isEqualTo(EMPTY + "  a.txt\n" + ABC + "  b.txt\n");
    }

    @Test
    void readsTextAndBinaryLinesOfSha256sum() throws Exception {
        ChecksumList list = parse(ABC + "  text\n" + EMPTY + " *binary\r\n");

        assertThat(list.names()).containsExactly("binary", "text");
        assertThat(list.matches("text", ABC)).isTrue();
        assertThat(list.matches("text", EMPTY)).isFalse();
        assertThat(list.matches("other", ABC)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ABC,
                ABC + " text",
                ABC + "  ../text",
                ABC + "  folder/text",
                ABC + "  .hidden",
                ABC + "  b.txt",
                "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD  text",
                "a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  text"
            })
    void refusesInvalidAndDuplicateLines(String line) {
        assertThatThrownBy(() -> parse(ABC + "  b.txt\n" + line + "\n"))
                .isInstanceOfSatisfying(ChecksumList.BadLineException.class, thrown -> assertThat(thrown.line())
                        .isEqualTo(line));
    }

    private static ChecksumList parse(String text) throws ChecksumList.BadLineException {
        return ChecksumList.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
