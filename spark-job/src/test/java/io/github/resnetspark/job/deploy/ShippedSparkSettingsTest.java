package io.github.resnetspark.job.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.internal.config.ConfigEntry$;
import org.apache.spark.util.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.collection.JavaConverters;

/** Compares conf/spark with the settings that this version of Spark knows. */
class ShippedSparkSettingsTest {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path FOLDER = ROOT.resolve("conf/spark");

    /** Composed names, which are not in Spark's list of settings. */
    private static final Pattern MADE_UP = Pattern.compile(
            "spark\\.((executorEnv|yarn\\.appMasterEnv|kubernetes\\.driverEnv)\\.[A-Z_]+|hadoop\\.dfs\\..+"
                    + "|(task|executor|driver)\\.resource\\.gpu\\.(amount|discoveryScript|vendor))");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    @Test
    void thereIsAFileForEveryKindOfCluster() throws IOException {
        assertThat(files().map(file -> file.getFileName().toString()))
                .containsExactly("gpu.conf", "hdfs.conf", "k8s.conf", "standalone.conf", "yarn.conf");
    }

    @ParameterizedTest
    @MethodSource("files")
    void sparkKnowsEverySettingAndReadsItsValue(Path file) {
        makeEntriesKnown();
        SparkConf conf = new SparkConf(false);
        settings(file).forEach(conf::set);

        for (String name : settings(file).keySet()) {
            ConfigEntry<?> entry = ConfigEntry$.MODULE$.findEntry(name);
            if (entry == null) {
                assertThat(name).matches(MADE_UP);
            } else {
                assertThat(conf.get(entry)).as(name).isNotNull();
            }
        }
        assertThat(settings(file)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everySettingHasAReasonAboveIt(Path file) throws IOException {
        List<String> without = new ArrayList<>();
        boolean explained = false;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("#")) {
                explained = true;
            } else if (line.isBlank()) {
                explained = false;
            } else if (!explained) {
                without.add(line);
            }
        }
        assertThat(without).isEmpty();
    }

    @Test
    void replicasUseTheCoresOfTheirExecutors() {
        for (String name : List.of("standalone.conf", "yarn.conf", "k8s.conf")) {
            Map<String, String> settings = settings(FOLDER.resolve(name));
            int cores = Integer.parseInt(settings.get("spark.executor.cores"));
            assertThat(cores % Integer.parseInt(settings.get("spark.task.cpus")))
                    .isZero();
            assertThat(settings.get("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo(settings.get("spark.task.cpus"));
        }
    }

    /** Executors and drivers on a cluster do not inherit the locale of the submitting user. */
    @Test
    void javaCanOpenNonAsciiNamesEverywhere() {
        for (String name : List.of("standalone.conf", "yarn.conf", "k8s.conf")) {
            assertThat(settings(FOLDER.resolve(name))).containsEntry("spark.executorEnv.LC_ALL", "C.UTF-8");
        }
        assertThat(settings(FOLDER.resolve("yarn.conf"))).containsEntry("spark.yarn.appMasterEnv.LC_ALL", "C.UTF-8");
        assertThat(settings(FOLDER.resolve("k8s.conf"))).containsEntry("spark.kubernetes.driverEnv.LC_ALL", "C.UTF-8");
    }

    @Test
    void allFilesInSettingsExist() {
        for (String template :
                List.of("spark.kubernetes.driver.podTemplateFile", "spark.kubernetes.executor.podTemplateFile")) {
            assertThat(ROOT.resolve(settings(FOLDER.resolve("k8s.conf")).get(template)))
                    .isRegularFile();
        }
    }

    /** Parses a file like spark-submit --properties-file. */
    static Map<String, String> settings(Path file) {
        return JavaConverters.mapAsJavaMap(Utils.getPropertiesFromFile(file.toString()));
    }

    /** Settings register themselves when the object that defines them is created. */
    private static void makeEntriesKnown() {
        for (Object definitions : List.of(
                org.apache.spark.internal.config.package$.MODULE$,
                org.apache.spark.deploy.yarn.config.package$.MODULE$,
                org.apache.spark.deploy.k8s.Config$.MODULE$)) {
            assertThat(definitions).isNotNull();
        }
    }
}
