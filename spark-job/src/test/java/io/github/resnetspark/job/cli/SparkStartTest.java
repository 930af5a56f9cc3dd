package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.message.job.RegistryFailures;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkStartTest {
    private static final String NAME_SERVICES = "spark.hadoop.dfs.nameservices";
    private static final String FILE_SYSTEM = "spark.hadoop.fs.ours.impl";

    @TempDir
    Path folder;

    @AfterEach
    void clear() {
        System.clearProperty(NAME_SERVICES);
        System.clearProperty(FILE_SYSTEM);
    }

    @Test
    void settingsOfSparkOverrideThoseOfHadoop() {
        System.setProperty(NAME_SERVICES, "north,south");

        Configuration configuration = SparkStart.hadoopConfiguration();

        assertThat(configuration.get("dfs.nameservices")).isEqualTo("north,south");
        assertThat(configuration.get("fs.defaultFS")).isEqualTo(new Configuration().get("fs.defaultFS"));
    }

    @Test
    void commandsWithoutSparkUseTheseSettings() {
        System.setProperty(FILE_SYSTEM, OurFileSystem.class.getName());

        Console console = Console.run("list", "--registry", "ours:" + folder, "--name", "birds");

        assertThat(console.err()).isEqualTo(RegistryFailures.noModels("ours:" + folder + "/birds") + "\n");
    }

    /** The local file system under another scheme. */
    public static final class OurFileSystem extends RawLocalFileSystem {
        @Override
        public java.net.URI getUri() {
            return java.net.URI.create("ours:///");
        }
    }
}
