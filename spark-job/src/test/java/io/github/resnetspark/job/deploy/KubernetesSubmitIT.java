package io.github.resnetspark.job.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.github.resnetspark.job.quickstart.PictureSet;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What Spark asks an API server of Kubernetes for, by deploy/k8s/submit and by the command of the CronJob. No pod is started. */
@EnabledIf(
        value = "io.github.resnetspark.job.ThisBuild#isForSpark3",
        disabledReason = "the mock API server is that of the Kubernetes client of Spark 3.5")
class KubernetesSubmitIT {
    private static final Path ROOT = ShippedSparkSettingsTest.ROOT;
    private static final String IMAGE = "/opt/resnet-spark";
    private static final String LOG = "-Dlog4j2.configurationFile=file:" + IMAGE + "/conf/log4j2.properties";

    @TempDir
    Path folder;

    private KubernetesApi api;
    private Path jar;
    private Path submit;
    private Process process;
    private Path said;

    @BeforeEach
    void installSparkAndStartTheApiServer() throws IOException {
        api = KubernetesApi.open("default");
        jar = SubmitScriptsTest.jarOfThisBuild(folder.resolve("resnet-spark.jar"));
        said = folder.resolve("said.log");
        submit = Files.createDirectories(folder.resolve("spark/bin")).resolve("spark-submit");
        Files.createFile(submit, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        String opens = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-opens"))
                .collect(Collectors.joining(" "));
        Files.writeString(
                submit,
                "#!/bin/bash\nexec '" + ProcessHandle.current().info().command().orElseThrow() + "' " + opens + " -cp '"
                        + jar + "' org.apache.spark.deploy.SparkSubmit \"$@\"\n");
    }

    @AfterEach
    void stop() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
            // For the message if an assertion fails.
            System.out.println(Files.readString(said));
        }
        api.close();
    }

    @Test
    void aRunIsOnePodOfADriverThatAsksForItsExecutors() throws Exception {
        start(
                ROOT.resolve("deploy/k8s/submit").toString(),
                "--gpu",
                "--conf",
                "spark.executor.instances=3",
                "train",
                "--conf",
                IMAGE + "/conf/imagenet-resnet50.conf");

        Pod driver = api.awaitPods("driver", 1, process).get(0);
        ConfigMap settings = api.awaitConfigMap(map -> map.getData().containsKey("spark.properties"), process);
        ConfigMap template = api.awaitConfigMap(map -> map.getData().containsKey("podspec-configmap-key"), process);

        assertThat(driver.getSpec().getServiceAccountName()).isEqualTo("spark");
        assertThat(driver.getSpec().getRestartPolicy()).isEqualTo("Never");
        assertThat(driver.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(300);
        assertThat(driver.getMetadata().getLabels()).containsEntry("app.kubernetes.io/component", "driver");
        Container container = only(driver);
        assertThat(container.getImage()).isEqualTo("resnet-spark:0.1.0");
        // A heap of 8 GiB, and 4 GiB outside of it.
        assertThat(container.getResources().getRequests())
                .isEqualTo(Map.of("memory", new Quantity("12288Mi"), "cpu", new Quantity("2")));
        assertThat(container.getResources().getLimits()).isEqualTo(Map.of("memory", new Quantity("12288Mi")));
        assertThat(values(container)).containsEntry("LC_ALL", "C.UTF-8");
        assertThat(container.getArgs())
                .startsWith("driver", "--properties-file", "/opt/spark/conf/spark.properties", "--class")
                .endsWith(
                        "local://" + IMAGE + "/resnet-spark.jar",
                        "train",
                        "--conf",
                        IMAGE + "/conf/imagenet-resnet50.conf");
        // What Spark mounts does not hide what is in the image.
        assertThat(container.getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .contains("/opt/spark/conf")
                .noneMatch(path -> IMAGE.startsWith(path) || path.startsWith(IMAGE));
        Path properties = Files.writeString(
                folder.resolve("spark.properties"), settings.getData().get("spark.properties"));
        assertThat(ShippedSparkSettingsTest.settings(properties))
                .containsEntry("spark.executor.memoryOverhead", "10g")
                .hasEntrySatisfying("spark.driver.extraJavaOptions", options -> assertThat(options)
                        .contains(LOG));
        assertThat(template.getData().get("podspec-configmap-key"))
                .isEqualTo(Files.readString(ROOT.resolve("deploy/k8s/executor-pod.yaml")));

        // The driver ends with an error. Spark knows of it, but its own exit code is not the driver's.
        api.report(
                driver,
                new PodStatusBuilder()
                        .withPhase("Failed")
                        .addNewContainerStatus()
                        .withName(container.getName())
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(3)
                        .endTerminated()
                        .endState()
                        .endContainerStatus()
                        .build());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said).content().contains("exit code: 3");
        assertThat(process.exitValue()).isZero();

        // What the container of the driver does.
        new PictureSet(2, 20, 1).write(folder.resolve("pictures"));
        api.runs(driver);
        start(Stream.of(
                        submit.toString(),
                        "--conf",
                        "spark.driver.bindAddress=127.0.0.1",
                        "--deploy-mode",
                        "client",
                        "--properties-file",
                        withoutACluster(properties).toString(),
                        "--class",
                        "io.github.resnetspark.job.cli.ResNetSpark",
                        jar.toString(),
                        "prepare",
                        "--set",
                        "prepare.source=" + folder.resolve("pictures"),
                        "--set",
                        "data.shards=" + folder.resolve("shards"))
                .toArray(String[]::new));
        List<Pod> executors = api.awaitPods("executor", 3, process);
        assertExecutor(executors.get(0));
        assertThat(only(executors.get(0)).getResources().getLimits())
                .containsEntry("nvidia.com/gpu", new Quantity("1"));
        assertThat(executors.get(0).getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getUid())
                        .isEqualTo(driver.getMetadata().getUid()));
    }

    @Test
    void theCommandOfTheCronJobAsksForTheSameExecutors() throws Exception {
        CronJob job = Serialization.unmarshal(
                Files.readString(ROOT.resolve("deploy/k8s/retrain-cronjob.yaml")), CronJob.class);
        PodSpec spec = job.getSpec().getJobTemplate().getSpec().getTemplate().getSpec();
        Pod driver = api.create(new PodBuilder()
                .withNewMetadata()
                .withName("resnet-spark-retrain-1-x7k2p")
                .endMetadata()
                .withSpec(spec)
                .build());
        api.runs(driver);

        start(Stream.concat(
                        Stream.of(submit.toString()),
                        only(driver).getArgs().stream()
                                .map(word -> inThePod(word, driver.getMetadata().getName())))
                .toArray(String[]::new));

        List<Pod> executors = api.awaitPods("executor", 8, process);
        assertExecutor(executors.get(0));
        assertThat(executors.get(0).getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getName())
                        .isEqualTo(driver.getMetadata().getName()));
    }

    private static void assertExecutor(Pod executor) {
        Container container = only(executor);
        assertThat(container.getImage()).isEqualTo("resnet-spark:0.1.0");
        // A heap of 4 GiB, and 10 GiB for tensors.
        assertThat(container.getResources().getRequests())
                .containsEntry("memory", new Quantity("14336Mi"))
                .containsEntry("cpu", new Quantity("4"));
        assertThat(container.getResources().getLimits())
                .containsEntry("memory", new Quantity("14336Mi"))
                .containsEntry("cpu", new Quantity("4"));
        Map<String, String> values = values(container);
        assertThat(values)
                .containsEntry("SPARK_EXECUTOR_CORES", "4")
                .containsEntry("SPARK_EXECUTOR_MEMORY", "4096m")
                .containsEntry("OMP_NUM_THREADS", "4")
                .containsEntry("LC_ALL", "C.UTF-8")
                // The volume of the template instead of one in the container's own file system.
                .containsEntry("SPARK_LOCAL_DIRS", "/tmp/spark-local");
        assertThat(values.values())
                .anyMatch(option -> option.startsWith("-Dlog4j2.configurationFile=file:"))
                .contains("-Dorg.bytedeco.javacpp.cachedir=/tmp/javacpp");
        assertThat(executor.getSpec().getTolerations())
                .extracting(Toleration::getKey)
                .contains("nvidia.com/gpu");
        assertThat(executor.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(30);
        assertThat(executor.getSpec().getVolumes()).anySatisfy(volume -> {
            assertThat(volume.getName()).isEqualTo("spark-local-dir-1");
            assertThat(volume.getEmptyDir().getSizeLimit()).isEqualTo(new Quantity("8Gi"));
        });
    }

    /** The settings of a driver in a pod, for one that has no name in a cluster and no account's token. */
    private Path withoutACluster(Path properties) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "token");
        Files.writeString(
                properties,
                "\nspark.jars=local://" + jar
                        + "\nspark.driver.host=127.0.0.1\nspark.driver.port=0\nspark.driver.blockManager.port=0\n"
                        + "spark.kubernetes.driver.master=" + api.master().replace("k8s://", "")
                        + "\nspark.kubernetes.authenticate.driver.mounted.oauthTokenFile=" + token
                        + "\nspark.kubernetes.authenticate.driver.mounted.caCertFile=" + token
                        + "\nspark.kubernetes.executor.podTemplateFile="
                        + ROOT.resolve("deploy/k8s/executor-pod.yaml") + "\n",
                java.nio.file.StandardOpenOption.APPEND);
        return properties;
    }

    /** A word of a container's command as this machine has it. */
    private String inThePod(String word, String pod) {
        return word.replace("k8s://https://kubernetes.default.svc", api.master())
                .replace("$(POD_IP)", "127.0.0.1")
                .replace("$(POD_NAME)", pod)
                .replace("$(RUN_ID)", "resnet-spark-retrain-1")
                .replace(IMAGE + "/resnet-spark.jar", jar.toString())
                .replace(
                        IMAGE + "/executor-pod.yaml",
                        ROOT.resolve("deploy/k8s/executor-pod.yaml").toString())
                .replace(IMAGE, ROOT.toString())
                .replace("hdfs://namenode:8020", folder.toUri().toString());
    }

    private void start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                // Of a driver in a pod, Spark copies the jar there.
                .directory(Files.createDirectories(folder.resolve("work")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment()
                .putAll(Map.of(
                        "SPARK_HOME", folder.resolve("spark").toString(),
                        "RESNET_SPARK_MASTER", api.master(),
                        "KUBECONFIG", folder.resolve("none").toString()));
        process = builder.start();
    }

    private static Container only(Pod pod) {
        assertThat(pod.getSpec().getContainers()).hasSize(1);
        return pod.getSpec().getContainers().get(0);
    }

    private static Map<String, String> values(Container container) {
        return container.getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }
}
