package io.github.resnetspark.job.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.resnetspark.failure.FailureException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartStyleTest {
    @TempDir
    Path folder;

    @Test
    void acceptsAMachineWithFonts() {
        assertThatCode(ChartStyle::requireFonts).doesNotThrowAnyException();
    }

    @Test
    void reportsMissingFontsAndTheRemedy() throws Exception {
        Path none = Files.writeString(folder.resolve("fonts.conf"), "<?xml version=\"1.0\"?><fontconfig></fontconfig>");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.awt.headless=true",
                        // Java caches its fonts in the home folder.
                        "-Duser.home=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName())
                .redirectErrorStream(true);
        builder.environment().put("FONTCONFIG_FILE", none.toString());

        Process process = builder.start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("Plots cannot be drawn on this machine because Java finds no fonts (")
                .contains("). Install fonts, such as the packages fontconfig and fonts-dejavu-core.");
        assertThat(process.waitFor()).isZero();
    }

    /** A process without fonts. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            try {
                ChartStyle.requireFonts();
            } catch (FailureException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
