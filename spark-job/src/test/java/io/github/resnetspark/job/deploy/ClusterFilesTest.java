package io.github.resnetspark.job.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The image, the manifest and the pod template agree with conf/spark. */
class ClusterFilesTest {
    private static final Path ROOT = ShippedSparkSettingsTest.ROOT;
    private static final Map<String, String> SETTINGS =
            ShippedSparkSettingsTest.settings(ROOT.resolve("conf/spark/k8s.conf"));

    @TempDir
    Path folder;

    @Test
    void allFilesOfTheImageExist() throws IOException {
        for (Map.Entry<String, String> copy : copies().entrySet()) {
            if (!copy.getKey().startsWith("spark-job/target/")) {
                assertThat(ROOT.resolve(copy.getKey())).exists();
            }
        }
        assertThat(copies().values())
                .contains(
                        "/opt/resnet-spark/resnet-spark.jar",
                        "/opt/resnet-spark/discover-gpus.sh",
                        "/opt/resnet-spark/executor-pod.yaml");
        assertThat(Files.readAllLines(ROOT.resolve(".dockerignore")))
                .contains(
                        "!conf",
                        "!deploy/gpu",
                        "!deploy/k8s/executor-pod.yaml",
                        "!spark-job/target/resnet-spark.jar",
                        "!spark-job/target/spark-4/resnet-spark-spark4.jar");
    }

    /** Spark mounts its own folder over the one with its settings. */
    @Test
    void theLogIsConfiguredOutsideOfTheFolderThatSparkHides() throws IOException {
        assertThat(copies().values()).noneMatch(place -> place.startsWith("/opt/spark/"));
        for (String process : List.of("spark.driver.extraJavaOptions", "spark.executor.extraJavaOptions")) {
            Matcher file = Pattern.compile("-Dlog4j2\\.configurationFile=file:/opt/resnet-spark/(\\S+)")
                    .matcher(SETTINGS.get(process));
            assertThat(file.find()).as(process).isTrue();
            assertThat(ROOT.resolve(file.group(1))).isRegularFile();
        }
        assertThat(copies()).containsEntry("conf", "/opt/resnet-spark/conf");
    }

    @Test
    void everyUserCanReadTheImageWhateverTheUmaskWas() throws Exception {
        String commands = Pattern.compile("(?m)^RUN (.*)$")
                .matcher(Files.readString(ROOT.resolve("deploy/docker/Dockerfile")))
                .results()
                .map(run -> run.group(1))
                .collect(Collectors.joining("\n"));
        Path image = folder.resolve("resnet-spark");
        Process process = new ProcessBuilder(
                        "bash",
                        "-euc",
                        "umask 027; mkdir '" + image + "'; cp -r '" + ROOT.resolve("conf") + "' '" + image + "/conf'\n"
                                + "chmod -R o-rwx '" + image + "'\n"
                                + commands.replace("/opt/resnet-spark", image.toString()))
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();

        for (String file : List.of("", "conf", "conf/spark")) {
            assertThat(permissions(image.resolve(file))).endsWith("r-x");
        }
        for (String file : List.of("conf/imagenet-resnet50.conf", "conf/log4j2.properties", "conf/spark/k8s.conf")) {
            assertThat(permissions(image.resolve(file))).endsWith("r--");
        }
    }

    @Test
    void theImageHasAUtf8Locale() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("deploy/docker/Dockerfile"))).contains("ENV LC_ALL=C.UTF-8");
    }

    @Test
    void theManifestRunsFilesOfTheImage() throws Exception {
        Map<String, Object> spec = at(yaml("deploy/k8s/spark-application.yaml"), "spec");

        assertThat(spec)
                .containsEntry("image", SETTINGS.get("spark.kubernetes.container.image"))
                .containsEntry("type", "Java")
                .containsEntry("mode", "cluster")
                .containsEntry("mainApplicationFile", "local:///opt/resnet-spark/resnet-spark.jar");
        assertThat(Class.forName((String) spec.get("mainClass")).getMethod("main", String[].class))
                .isNotNull();
        assertThat(Files.readString(ROOT.resolve("pom.xml")))
                .contains("<spark.version>" + spec.get("sparkVersion") + "</spark.version>");
    }

    @Test
    void theManifestsArgumentsAreARecipeAndSettingsThatExist() throws IOException {
        List<?> arguments =
                (List<?>) at(yaml("deploy/k8s/spark-application.yaml"), "spec").get("arguments");
        String recipe = (String) arguments.get(arguments.indexOf("--conf") + 1);
        List<String> overrides = java.util.stream.IntStream.range(0, arguments.size())
                .filter(i -> arguments.get(i).equals("--set"))
                .mapToObj(i -> (String) arguments.get(i + 1))
                .toList();

        assertThat(recipe).startsWith("/opt/resnet-spark/");
        Recipe loaded =
                Recipe.load(Optional.of(ROOT.resolve(recipe.substring("/opt/resnet-spark/".length()))), overrides);
        assertThat(loaded.cluster().workers()).isEqualTo(Integer.parseInt(SETTINGS.get("spark.executor.instances")));
    }

    @Test
    void theManifestHasTheSettingsOfItsFile() throws IOException {
        Map<String, Object> spec = at(yaml("deploy/k8s/spark-application.yaml"), "spec");
        Map<String, Object> executor = at(spec, "executor");
        Map<String, Object> driver = at(spec, "driver");

        at(spec, "sparkConf").forEach((name, value) -> assertThat(SETTINGS).containsEntry(name, (String) value));
        assertThat(executor.get("instances").toString()).isEqualTo(SETTINGS.get("spark.executor.instances"));
        assertThat(executor.get("cores").toString()).isEqualTo(SETTINGS.get("spark.executor.cores"));
        assertThat(executor).containsEntry("memory", SETTINGS.get("spark.executor.memory"));
        assertThat(executor).containsEntry("memoryOverhead", SETTINGS.get("spark.executor.memoryOverhead"));
        assertThat(executor).containsEntry("javaOptions", SETTINGS.get("spark.executor.extraJavaOptions"));
        assertThat(driver).containsEntry("javaOptions", SETTINGS.get("spark.driver.extraJavaOptions"));
        assertThat(at(spec, "sparkConf")).containsKeys("spark.executorEnv.LC_ALL", "spark.kubernetes.driverEnv.LC_ALL");
        assertThat(driver).containsEntry("memory", SETTINGS.get("spark.driver.memory"));
        assertThat(driver).containsEntry("memoryOverhead", SETTINGS.get("spark.driver.memoryOverhead"));
        assertThat(driver.get("cores").toString()).isEqualTo(SETTINGS.get("spark.driver.cores"));
        assertThat(driver)
                .containsEntry(
                        "serviceAccount", SETTINGS.get("spark.kubernetes.authenticate.driver.serviceAccountName"));
    }

    @Test
    void thePodTemplateMountsWhatItDeclares() throws IOException {
        Map<String, Object> pod = yaml("deploy/k8s/executor-pod.yaml");
        Map<String, Object> spec = at(pod, "spec");
        Map<?, ?> container = (Map<?, ?>) ((List<?>) spec.get("containers")).get(0);
        Map<?, ?> mount = (Map<?, ?>) ((List<?>) container.get("volumeMounts")).get(0);
        Map<?, ?> volume = (Map<?, ?>) ((List<?>) spec.get("volumes")).get(0);

        assertThat(pod.get("kind")).isEqualTo("Pod");
        assertThat(mount.get("name")).isEqualTo(volume.get("name"));
        // Spark spills and shuffles to volumes with such names.
        assertThat((String) volume.get("name")).startsWith("spark-local-dir-");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static Map<String, String> copies() throws IOException {
        String file = Files.readString(ROOT.resolve("deploy/docker/Dockerfile"));
        Matcher jar = Pattern.compile("(?m)^ARG JAR=(\\S+)$").matcher(file);
        assertThat(jar.find()).isTrue();
        return Pattern.compile("(?m)^COPY (?:--\\S+ )?(\\S+) (\\S+)$")
                .matcher(file.replace("${JAR}", jar.group(1)))
                .results()
                .collect(Collectors.toMap(copy -> copy.group(1), (MatchResult copy) -> copy.group(2)));
    }

    private static Map<String, Object> yaml(String file) throws IOException {
        return new Yaml().load(Files.readString(ROOT.resolve(file)));
    }

    @SuppressWarnings("unchecked") // YAML's maps have strings as keys here.
    private static Map<String, Object> at(Map<String, Object> map, String key) {
        return (Map<String, Object>) map.get(key);
    }
}
