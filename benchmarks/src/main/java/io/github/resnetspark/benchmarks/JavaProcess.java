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
        // Executors get their class path from the driver, so the folder of Spark's jars may be empty.
        Files.createDirectories(scratch.resolve("jars"));
        environment.put("SPARK_HOME", scratch.toString());
        environment.put("SPARK_SCALA_VERSION", "2.12");
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        return with("spark.master", "local-cluster[" + executors + ",1," + executorMegabytes + "]")
                .with("spark.executor.memory", executorMegabytes + "m")
                .with("spark.driver.host", "127.0.0.1")
                .with("spark.driver.bindAddress", "127.0.0.1")
                .with("spark.ui.enabled", "false")
                .with("spark.local.dir", scratch.toString())
                .with("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .with(
                        "spark.executor.extraJavaOptions",
                        "-Dorg.bytedeco.javacpp.logger=slf4j -Dorg.bytedeco.javacpp.maxphysicalbytes=0"
                                + " -Dorg.bytedeco.javacpp.maxbytes=4g")
                .with("spark.executorEnv.OMP_NUM_THREADS", environment.get("OMP_NUM_THREADS"));
    }

    /** Starts it and forwards its standard error. */
    Process start(Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Runs it to its end and returns the number in the last line of its output. */
    double number(Class<?> main, List<String> arguments) throws IOException, InterruptedException {
        List<String> lines = run(main, arguments);
        return Double.parseDouble(lines.get(lines.size() - 1));
    }

    /** Runs it to its end and returns the lines of its output. */
    List<String> run(Class<?> main, List<String> arguments) throws IOException, InterruptedException {
        Process process = start(main, arguments);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(main.getSimpleName() + " " + String.join(" ", arguments) + " failed with exit code "
                    + process.exitValue());
        }
        return printed.lines().toList();
    }
}
