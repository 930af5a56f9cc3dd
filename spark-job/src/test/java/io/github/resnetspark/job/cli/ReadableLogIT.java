package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.ThisBuild;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of a plain {@code spark-submit}, with what a site may have configured. */
class ReadableLogIT {
    private static final Path JAR = ThisBuild.JAR;
    private static final Path SHARDS = Path.of("..", "data-prep", "src", "test", "resources", "shards-v2")
            .toAbsolutePath()
            .normalize();
    /** A line of ours at level INFO. */
    private static final String OURS = " INFO  Verifying ";

    private static final String SITE =
            """
            appender.site.type = Console
            appender.site.name = site
            appender.site.target = SYSTEM_ERR
            appender.site.layout.type = PatternLayout
            appender.site.layout.pattern = SITE %p %c{1}: %m%n
            rootLogger.level = info
            rootLogger.appenderRef.site.ref = site
            """;

    @TempDir
    Path site;

    private Path empty;

    @BeforeEach
    void createAHomeForSpark() throws IOException {
        empty = Files.createDirectories(site.resolve("spark/jars"));
    }

    @Test
    void showsOurLinesIfTheSiteConfiguresNothing() throws Exception {
        assertThat(verify()).contains(OURS).doesNotContain("INFO SparkContext", "Running Spark version");
    }

    @Test
    void showsOurLinesIfTheSiteConfiguresOnlySpark() throws Exception {
        Files.writeString(site.resolve("log4j2.properties"), SITE);

        assertThat(verify()).contains(OURS).doesNotContain("SITE INFO SparkContext", "Running Spark version");
    }

    @Test
    void leavesTheLogToASiteThatNamesUs() throws Exception {
        Files.writeString(
                site.resolve("log4j2.properties"),
                SITE + "logger.ours.name = io.github.resnetspark\nlogger.ours.level = warn\n");

        assertThat(verify())
                .contains("SITE INFO SparkContext: Running Spark version")
                .doesNotContain("Verifying ");
    }

    private String verify() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ", -1)));
        command.addAll(List.of(
                "-Xmx1g",
                "-cp",
                String.join(
                        File.pathSeparator,
                        site.toString(),
                        JAR.toString(),
                        ThisBuild.sparkClassPath().strip()),
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "local[1]",
                "--conf",
                "spark.driver.host=localhost",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false",
                "--class",
                ResNetSpark.class.getName(),
                // The jar is on the class path already, for the libraries that it shares with Spark.
                "spark-internal",
                "verify",
                "--shards",
                SHARDS.toUri().toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SPARK_HOME", empty.getParent().toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().remove("SPARK_CONF_DIR");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
