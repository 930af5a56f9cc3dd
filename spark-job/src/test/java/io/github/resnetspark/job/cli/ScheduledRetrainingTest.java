package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.cli.frame.Outcome.ExitStatus;
import io.github.resnetspark.job.recipe.Recipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** The commands in the files for schedulers parse with this release. */
class ScheduledRetrainingTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String IN_IMAGE = "/opt/resnet-spark/";

    @TempDir
    Path folder;

    @Test
    void theCronJobStartsARetrainingWithTheKubernetesSettings() throws IOException {
        Map<?, ?> job = at(yaml("deploy/k8s/retrain-cronjob.yaml"), "spec", "jobTemplate", "spec");
        Map<?, ?> pod = at(job, "template", "spec");
        Map<?, ?> container = (Map<?, ?>) ((List<?>) pod.get("containers")).get(0);
        List<String> arguments = texts(container.get("args"));
        int jar = arguments.indexOf("local:///opt/resnet-spark/resnet-spark.jar");
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < jar; i++) {
            if (arguments.get(i).equals("--conf")) {
                String[] setting = arguments.get(i + 1).split("=", 2);
                settings.put(setting[0], setting[1]);
            }
        }

        assertThat(pod.get("restartPolicy")).isEqualTo("Never");
        assertThat(container.get("image")).isEqualTo(kubernetes().get("spark.kubernetes.container.image"));
        assertThat(pod.get("serviceAccountName"))
                .isEqualTo(kubernetes().get("spark.kubernetes.authenticate.driver.serviceAccountName"));
        Map<String, String> others = new HashMap<>(settings);
        // Settings of the pod itself.
        others.keySet().removeAll(List.of("spark.driver.host", "spark.kubernetes.driver.pod.name"));
        Map<String, String> expected = new HashMap<>(kubernetes());
        // The driver is in this pod, which has all that Spark would give to the driver's.
        expected.keySet()
                .removeAll(List.of(
                        "spark.kubernetes.driver.podTemplateFile",
                        "spark.driver.cores",
                        "spark.driver.memoryOverhead",
                        "spark.kubernetes.authenticate.driver.serviceAccountName",
                        "spark.kubernetes.driverEnv.LC_ALL"));
        Map<?, ?> requests = at(container, "resources", "requests");
        assertThat(requests.get("cpu")).isEqualTo(kubernetes().get("spark.driver.cores"));
        assertThat(requests.get("memory")).isEqualTo("12Gi");
        assertThat(kubernetes())
                .containsEntry("spark.driver.memory", "8g")
                .containsEntry("spark.driver.memoryOverhead", "4g");
        // The template is part of the image.
        expected.put("spark.kubernetes.executor.podTemplateFile", "/opt/resnet-spark/executor-pod.yaml");
        assertThat(container.get("env")).asInstanceOf(LIST).contains(Map.of("name", "LC_ALL", "value", "C.UTF-8"));
        assertThat(others).isEqualTo(expected);
        assertThat(arguments.subList(jar - 2, jar)).containsExactly("--class", ResNetSpark.class.getName());
        assertUnderstood(arguments.subList(jar + 1, arguments.size()));
        // The failure that a retry cannot fix.
        Map<?, ?> rule = (Map<?, ?>) ((List<?>) at(job, "podFailurePolicy").get("rules")).get(0);
        assertThat(rule.get("action")).isEqualTo("FailJob");
        assertThat(at(rule, "onExitCodes").get("values")).isEqualTo(List.of(ExitStatus.REFUSED.code()));
        assertThat(at(rule, "onExitCodes").get("containerName")).isEqualTo(container.get("name"));
    }

    @Test
    void theSparkOperatorStartsTheSame() throws IOException {
        Map<?, ?> spec = at(yaml("deploy/k8s/scheduled-retrain.yaml"), "spec");
        Map<?, ?> template = at(spec, "template");
        Map<?, ?> training = at(yaml("deploy/k8s/spark-application.yaml"), "spec");

        for (String key : List.of(
                "type",
                "mode",
                "sparkVersion",
                "image",
                "mainClass",
                "mainApplicationFile",
                "sparkConf",
                "driver",
                "executor")) {
            assertThat(template.get(key)).as(key).isEqualTo(training.get(key));
        }
        assertThat(spec.get("concurrencyPolicy")).isEqualTo("Forbid");
        List<String> arguments = texts(template.get("arguments"));
        assertUnderstood(arguments);
        // A restarted driver has the same arguments and must find its run without a name.
        assertThat(arguments).doesNotContain("--run-id").contains("--succeed-unless-failed");
    }

    @Test
    void theAirflowDagIsPythonAndItsCommandParses() throws Exception {
        Path dag = ROOT.resolve("deploy/airflow/resnet_spark_retrain.py");
        assumeThat(isThere("python3")).as("python3 is there").isTrue();
        run(
                "python3",
                "-c",
                "import py_compile, sys; py_compile.compile(sys.argv[1], sys.argv[2], doraise=True)",
                dag.toString(),
                folder.resolve("dag.pyc").toString());

        // Airflow is not installed here, so run only the parts of the file that do not need it.
        String command = run(
                "python3",
                "-c",
                """
                import ast, json, sys
                tree = ast.parse(open(sys.argv[1]).read())
                tree.body = [node for node in tree.body if getattr(node, 'name', '') == 'command']
                exec(compile(tree, 'dag', 'exec'))
                print(json.dumps(command('20260131T030000', sys.argv[2], '/etc/flowers.conf')))
                """,
                dag.toString(),
                ROOT.toString());

        List<String> words = new ArrayList<>(texts(new ObjectMapper().readValue(command, List.class)));
        assertThat(Path.of(words.remove(0))).isExecutable();
        assertUnderstood(words);
        String text = Files.readString(dag);
        assertThat(text)
                .contains("PROMOTED, FAILED, WRONG, NOT_PROMOTED = " + ExitStatus.DONE.code() + ", "
                        + ExitStatus.FAILED.code() + ", " + ExitStatus.REFUSED.code() + ", "
                        + ExitStatus.NOT_PROMOTED.code());
    }

    @Test
    void airflowStopsADriverWithOneSignalAndWaitsForIt() throws Exception {
        assumeThat(isThere("python3")).as("python3 is there").isTrue();
        Path driver = Files.writeString(
                folder.resolve("driver"),
                """
                trap 'echo "signal under $(locale charmap)" >>said; sleep 0.5; echo "round finished" >>said; exit 1' TERM
                touch ready
                while :; do sleep 0.05; done
                """);

        String said = run(
                "python3",
                "-c",
                """
                import ast, os, signal, subprocess, sys, threading, time
                os.chdir(sys.argv[3])
                os.environ['LC_ALL'] = 'C'
                tree = ast.parse(open(sys.argv[1]).read())
                tree.body = [node for node in tree.body if getattr(node, 'name', '') == 'run']
                exec(compile(tree, 'dag', 'exec'))
                # As Airflow does it: an exception out of the handler, and the signal to the whole group.
                os.setsid()
                def stop(number, frame):
                    raise KeyError('stopped')
                signal.signal(signal.SIGTERM, stop)
                def kill():
                    while not os.path.exists('ready'):
                        time.sleep(0.05)
                    os.killpg(os.getpgrp(), signal.SIGTERM)
                threading.Thread(target=kill, daemon=True).start()
                try:
                    run(['bash', sys.argv[2]])
                except KeyError:
                    print(open('said').read(), end='')
                print(run(['bash', '-c', 'echo gr\\u00f6\\u00dfer; exit 3']) == (3, 'gr\\u00f6\\u00dfer\\n'))
                """,
                ROOT.resolve("deploy/airflow/resnet_spark_retrain.py").toString(),
                driver.toString(),
                folder.toString());

        assertThat(said).isEqualTo("signal under UTF-8\nround finished\nTrue\n");
    }

    @Test
    void theCrontabLinesAreShellAndTheirCommandParses() throws Exception {
        List<String> lines = Files.readAllLines(ROOT.resolve("deploy/cron/resnet-spark-retrain"));
        List<String> jobs =
                lines.stream().filter(line -> line.matches("[0-9*].*")).toList();

        assertThat(jobs).hasSize(2);
        assertThat(lines).contains("LC_ALL=C.UTF-8");
        for (String job : jobs) {
            // Five time fields and the user. An unescaped % would end the command.
            String shell = job.split(" ", 7)[6];
            assertThat(shell).doesNotContainPattern("(?<!\\\\)%");
            shell = shell.replace("\\%", "%");
            run("bash", "-n", "-c", shell);
            String command = shell.substring(shell.indexOf(" retrain ") + 1, shell.indexOf(" >>"));
            String words = run("bash", "-c", "RECIPE=/etc/flowers.conf; printf '%s\\n' " + command);
            assertUnderstood(Arrays.asList(words.strip().split("\n", -1)));
            assertThat(shell)
                    .startsWith("flock -n -E 0 ")
                    .contains("[ $code = " + ExitStatus.NOT_PROMOTED.code() + " ]");
        }
    }

    /** Checks a command line as far as possible without its cluster. */
    private static void assertUnderstood(List<String> words) {
        assertThat(words.get(0)).isEqualTo("retrain");
        List<String> arguments = words.subList(1, words.size());
        new CommandLine(new RetrainCommand()).parseArgs(arguments.toArray(String[]::new));
        String recipe = arguments.get(arguments.indexOf("--conf") + 1);
        if (recipe.startsWith(IN_IMAGE)) {
            List<String> overrides = IntStream.range(0, arguments.size())
                    .filter(i -> arguments.get(i).equals("--set"))
                    .mapToObj(i -> arguments.get(i + 1))
                    .toList();
            Recipe loaded = Recipe.load(Optional.of(ROOT.resolve(recipe.substring(IN_IMAGE.length()))), overrides);
            assertThat(loaded.prepare()).isPresent();
            assertThat(loaded.cluster().workers()).isEqualTo(8);
        }
    }

    private static Map<String, String> kubernetes() throws IOException {
        Map<String, String> settings = new HashMap<>();
        for (String line : Files.readAllLines(ROOT.resolve("conf/spark/k8s.conf"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] setting = line.strip().split("\\s+", 2);
                settings.put(setting[0], setting[1]);
            }
        }
        return settings;
    }

    private static boolean isThere(String program) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static Map<?, ?> yaml(String file) throws IOException {
        return new Yaml().load(Files.readString(ROOT.resolve(file)));
    }

    private static Map<?, ?> at(Map<?, ?> map, String... keys) {
        Map<?, ?> found = map;
        for (String key : keys) {
            found = (Map<?, ?>) found.get(key);
        }
        return found;
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(Object::toString).toList();
    }
}
