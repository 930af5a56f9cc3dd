package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.ThisBuild;
import io.github.resnetspark.job.metrics.MetricsLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * {@code resnet-spark train}, or another command, in a separate process that can be killed. Its output goes to a file.
 */
final class TrainProcess {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Little memory for tensors, and no optimising compiler, because the process runs only for seconds. */
    private static final String SMALL = "-Dorg.bytedeco.javacpp.maxbytes=2g -Dorg.bytedeco.javacpp.maxphysicalbytes=0"
            + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private final Process process;
    private final Path said;

    private TrainProcess(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    /** @param said file for standard output and standard error */
    static TrainProcess start(Path said, List<String> arguments) throws IOException {
        return start(said, List.of(), Map.of(), "train", arguments);
    }

    /** Another command, such as {@code analyze}. */
    static TrainProcess startCommand(Path said, String command, List<String> arguments) throws IOException {
        return start(said, List.of(), Map.of(), command, arguments);
    }

    /**
     * With a Spark master and two workers of one slot each in the driver's process, and executors in separate
     * processes.
     *
     * @param home folder for the executors' working directories
     */
    static TrainProcess startOnCluster(Path said, Path home, List<String> arguments) throws IOException {
        return startOnCluster(said, home, "local-cluster[2,1,1024]", List.of(), Map.of(), arguments);
    }

    /**
     * The same with a given master.
     *
     * @param more options for the driver's JVM
     * @param surroundings environment variables of the process
     */
    static TrainProcess startOnCluster(
            Path said,
            Path home,
            String master,
            List<String> more,
            Map<String, String> surroundings,
            List<String> arguments)
            throws IOException {
        // Executors get their class path from the driver, so the folder of Spark's jars may be empty.
        Files.createDirectories(home.resolve("jars"));
        List<String> options = new ArrayList<>(more);
        options.addAll(List.of(
                "-Dspark.master=" + master,
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.driver.bindAddress=127.0.0.1",
                "-Dspark.ui.enabled=false",
                "-Dspark.executor.extraClassPath=" + System.getProperty("java.class.path"),
                "-Dspark.executor.extraJavaOptions=" + SMALL,
                "-Dspark.executorEnv.OMP_NUM_THREADS=1"));
        Map<String, String> environment = new HashMap<>(surroundings);
        environment.putAll(Map.of(
                "SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", ThisBuild.SCALA, "SPARK_LOCAL_IP", "127.0.0.1"));
        return start(said, options, environment, "train", arguments);
    }

    private static TrainProcess start(
            Path said, List<String> options, Map<String, String> environment, String program, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ", -1)));
        command.addAll(List.of(SMALL.split(" ", -1)));
        command.addAll(options);
        command.addAll(List.of(
                "-Xmx1g",
                "-Djava.awt.headless=true",
                "-Dlog4j2.configurationFile=file:"
                        + Path.of("..", "conf", "log4j2.properties").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                ResNetSpark.class.getName(),
                program));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        // Sums over threads depend on the number of threads.
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().putAll(environment);
        return new TrainProcess(builder.start(), said);
    }

    /** Waits until a file has this number of lines. */
    TrainProcess awaitLines(Path file, int lines) throws Exception {
        return await(() -> Files.exists(file)
                && MetricsLines.figures(Files.readAllLines(file)).size() >= lines);
    }

    /** Waits until a condition is true. */
    TrainProcess await(Callable<Boolean> happened) throws Exception {
        Instant deadline = Instant.now().plus(LONGEST);
        while (!happened.call()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                process.destroyForcibly();
                throw new AssertionError("what was waited for did not happen: " + said());
            }
            Thread.sleep(20);
        }
        return this;
    }

    /** SIGKILL, which the process cannot handle. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    TrainProcess terminate() {
        process.destroy();
        return this;
    }

    /** SIGSTOP: pauses the process until {@link #goOn}. */
    TrainProcess pause() throws IOException, InterruptedException {
        signal("STOP", process.toHandle());
        return this;
    }

    /** SIGCONT. */
    TrainProcess goOn() throws IOException, InterruptedException {
        signal("CONT", process.toHandle());
        return this;
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL to one of the executors in separate processes. */
    void killAnExecutor() {
        ProcessHandle executor = executors().findFirst().orElseThrow();
        executor.destroyForcibly();
        executor.onExit().join();
    }

    /** SIGKILL to the oldest executor, as soon as there is one. */
    void killTheOldestExecutor() throws Exception {
        await(() -> executors().findAny().isPresent());
        executors()
                .min(Comparator.comparing(
                        executor -> executor.info().startInstant().orElse(Instant.MAX)))
                .ifPresent(ProcessHandle::destroyForcibly);
        // Spark needs a moment to notice it.
        Thread.sleep(200);
    }

    /** SIGKILL to an executor. Its replacements are paused until a condition is true. */
    void killAnExecutorFor(Callable<Boolean> happened) throws Exception {
        List<ProcessHandle> before = executors().toList();
        killAnExecutor();
        Set<ProcessHandle> held = new HashSet<>();
        await(() -> {
            for (ProcessHandle executor : executors().toList()) {
                if (!before.contains(executor) && held.add(executor)) {
                    signal("STOP", executor);
                }
            }
            return happened.call();
        });
        for (ProcessHandle executor : held) {
            signal("CONT", executor);
        }
    }

    /** Pauses one of the executors for three quarters of the time, until it ends. */
    void slowDownAnExecutor() throws Exception {
        await(() -> executors().findAny().isPresent());
        long pid = executors().findFirst().orElseThrow().pid();
        new ProcessBuilder(
                        "bash",
                        "-c",
                        "while kill -STOP $0; do sleep 0.03; kill -CONT $0; sleep 0.01; done",
                        Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void signal(String name, ProcessHandle to) throws IOException, InterruptedException {
        int code = new ProcessBuilder("bash", "-c", "kill -$0 $1", name, Long.toString(to.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill -" + name + " ended with " + code);
        }
    }

    /** The running executors, by process id. */
    Stream<ProcessHandle> executors() {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"));
    }

    int exitCode() throws IOException, InterruptedException {
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + said());
        }
        return process.exitValue();
    }

    String said() throws IOException {
        return Files.readString(said);
    }
}
