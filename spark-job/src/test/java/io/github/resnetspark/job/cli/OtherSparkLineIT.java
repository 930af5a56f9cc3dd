package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.ThisBuild;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar of this build on another line of Spark. */
class OtherSparkLineIT {
    @TempDir
    Path folder;

    /** Without the jars of Spark and Scala, so that none of their classes can be loaded. */
    @Test
    void isRefusedBeforeAClassOfSparkIsLoaded() throws Exception {
        String spark = BuiltFor.LINE == SparkLine.SPARK_3 ? "4.1.3" : "3.5.9";
        String scala = BuiltFor.LINE == SparkLine.SPARK_3 ? "2.13.17" : "2.12.18";
        Files.writeString(folder.resolve("spark-version-info.properties"), "version=" + spark + "\n");
        Files.writeString(folder.resolve("library.properties"), "version.number=" + scala + "\n");

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        ThisBuild.JAR + ":" + folder,
                        ResNetSpark.class.getName(),
                        "quickstart",
                        "--dir",
                        folder.resolve("quickstart").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(2);
        assertThat(Optional.of(said.strip())).isEqualTo(BuiltFor.LINE.refusal(Optional.of(spark), Optional.of(scala)));
        assertThat(folder.resolve("quickstart")).doesNotExist();
    }

    @Test
    void findsTheVersionsInTheJarsOfSpark() throws Exception {
        String[] jars = ThisBuild.sparkClassPath().strip().split(":", -1);

        assertThat(jars).anyMatch(jar -> has(Path.of(jar), "spark-version-info.properties"));
        assertThat(jars).anyMatch(jar -> has(Path.of(jar), "library.properties"));
    }

    private static boolean has(Path jar, String entry) {
        try (var open = new java.util.jar.JarFile(jar.toFile())) {
            return open.getEntry(entry) != null;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
