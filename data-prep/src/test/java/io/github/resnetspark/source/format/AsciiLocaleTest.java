package io.github.resnetspark.source.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.source.FileRangeReader;
import io.github.resnetspark.source.SourceListing.SourceExample;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java process without a UTF-8 locale, such as one started by cron or {@code env -i}. */
class AsciiLocaleTest {
    private static final String REMEDY =
            " Run with LC_ALL=C.UTF-8 on every machine (spark.executorEnv.LC_ALL=C.UTF-8).";

    @TempDir
    Path root;

    /** Lists a source. If there is a second argument, reads that file of the source first. */
    public static void main(String[] arguments) throws IOException {
        try {
            Path folder = Path.of(arguments[0]);
            if (arguments.length > 1) {
                String file = decoded(arguments[1]);
                new FileRangeReader(folder.toUri().toString())
                        .read(List.of(new SourceExample(file, 0, file, 0, 1)), SourceCase.STORAGE, new SourceCase());
            }
            System.out.println(
                    SourceCase.list(folder, folder.resolve("staging")).train().size() + " pictures");
        } catch (RuntimeException e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    /** Command-line arguments use the encoding of the locale, too. */
    private static String decoded(String escaped) {
        return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
    }

    @Test
    void readsPicturesWithAsciiNames() throws Exception {
        picture("train/cat/1.png");

        assertThat(run("C", root.toString())).isEqualTo("1 pictures");
    }

    @Test
    void undecodableFileNamesAreRefusedInsteadOfSkipped() throws Exception {
        picture("train/cat/1.png");
        picture("train/cat/\u00e4.png");
        picture("train/cat/\u017e.png");

        assertThat(run("C", root.toString()))
                .startsWith("StorageException: " + root + "/train/cat has 2 file names that Java cannot decode as "
                        + "US-ASCII on ")
                .contains(", such as ")
                .endsWith(REMEDY);
        assertThat(run("C.UTF-8", root.toString())).isEqualTo("3 pictures");
    }

    @Test
    void undecodableClassNamesAreRefused() throws Exception {
        picture("train/cat/1.png");
        picture("train/Fr\u00fcchte/1.png");

        assertThat(run("POSIX", root.toString()))
                .startsWith("StorageException: " + root + "/train has 1 file name that Java cannot decode as ")
                .endsWith(REMEDY);
    }

    @Test
    void aTaskRefusesAFileNameThatOnlyTheDriverCanEncode() throws Exception {
        picture("train/cat/\u00e4.png");

        assertThat(run("C", root.toString(), "train%2Fcat%2F%C3%A4.png"))
                .startsWith("StorageException: file:" + root + "/train/cat/")
                .contains(" cannot be accessed on ")
                .endsWith(", where Java encodes file names in US-ASCII." + REMEDY);
    }

    private void picture(String path) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.write(root.resolve(path), Pictures.png(3, 3, 1));
    }

    private static String run(String locale, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), AsciiLocaleTest.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
        builder.environment().put("LC_ALL", locale);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines().reduce((first, last) -> last).orElse("");
    }
}
