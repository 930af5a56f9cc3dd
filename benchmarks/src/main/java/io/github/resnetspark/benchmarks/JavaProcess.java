package io.github.resnetspark.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.launcher.JavaModuleOptions;

/** A Java process with the class path of this process, so that earlier measurements do not affect it. */
final class JavaProcess {
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private Node node = Node.HERE;

    /** With this number of threads per replica. It logs to the same place as this process. */
    JavaProcess(int threads, String heap) {
        options.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ", -1)));
        options.add("-Xmx" + heap);
        options.add("-Dorg.bytedeco.javacpp.logger=slf4j");
        options.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
        options.add("-Dlog4j2.configurationFile=" + System.getProperty("log4j2.configurationFile"));
        environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    }

    /** Sets a system property. */
    JavaProcess with(String property, String value) {
        options.add("-D" + property + "=" + value);
        return this;
    }

    /**
     * Adds a Spark with separate executor processes of one slot each.
     *
     * @param scratch a folder for their working directories
     */
    JavaProcess onSpark(int executors, int executorMegabytes, Path scratch) throws IOException {
        return onSpark(executors, 1, executorMegabytes, scratch);
    }

    /** The same, with this number of slots in each executor. */
    JavaProcess onSpark(int executors, int slots, int executorMegabytes, Path scratch) throws IOException {
        // Executors get their class path from the driver, so the folder of Spark's jars may be empty.
        Files.createDirectories(scratch.resolve("jars"));
        environment.put("SPARK_HOME", scratch.toString());
        environment.put(
                "SPARK_SCALA_VERSION",
                scala.util.Properties.versionNumberString().replaceAll("\\.[^.]*$", ""));
        return onSpark(
                        Node.HERE,
                        "local-cluster[" + executors + "," + slots + "," + executorMegabytes + "]",
                        executorMegabytes)
                .with("spark.local.dir", scratch.toString());
    }

    /** Adds executors of one slot each to the workers of a cluster. The process itself runs on the cluster's head. */
    JavaProcess onCluster(LocalCluster cluster, int executors, int coresOfEach, int executorMegabytes)
            throws IOException, InterruptedException {
        return onSpark(cluster.head(), cluster.master(), executorMegabytes)
                .with("spark.executor.cores", Integer.toString(coresOfEach))
                .with("spark.cores.max", Integer.toString(executors * coresOfEach))
                .with("spark.task.cpus", Integer.toString(coresOfEach));
    }

    private JavaProcess onSpark(Node driver, String master, int executorMegabytes) {
        node = driver;
        environment.put("SPARK_LOCAL_IP", driver.address());
        return with("spark.master", master)
                .with("spark.executor.memory", executorMegabytes + "m")
                .with("spark.driver.host", driver.address())
                .with("spark.driver.bindAddress", driver.address())
                .with("spark.ui.enabled", "false")
                .with("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .with(
                        "spark.executor.extraJavaOptions",
                        "-Dorg.bytedeco.javacpp.logger=slf4j -Dorg.bytedeco.javacpp.maxphysicalbytes=0"
                                + " -Dorg.bytedeco.javacpp.maxbytes=8g")
                .with("spark.executorEnv.OMP_NUM_THREADS", environment.get("OMP_NUM_THREADS"));
    }

    /** Runs it on another node. */
    JavaProcess on(Node other) {
        node = other;
        return this;
    }

    /** Starts it and forwards its standard error. */
    Process start(Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(node.on(command)).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Runs it to its end and returns the number in the last line of its output. */
    double number(Class<?> main, List<String> arguments) throws IOException, InterruptedException {
        List<String> lines = run(main, arguments);
        return Double.parseDouble(lines.get(lines.size() - 1));
    }

    /**
     * Runs it to its end and returns the lines of its output.
     *
     * @throws IOException if it fails, with the last line that it has printed
     */
    List<String> run(Class<?> main, List<String> arguments) throws IOException, InterruptedException {
        Process process = start(main, arguments);
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (process.waitFor() != 0) {
            throw new IOException(main.getSimpleName() + " " + String.join(" ", arguments) + " failed with exit code "
                    + process.exitValue()
                    + lines.stream()
                            .reduce((first, last) -> last)
                            .map(last -> ": " + last)
                            .orElse(""));
        }
        return lines;
    }
}
