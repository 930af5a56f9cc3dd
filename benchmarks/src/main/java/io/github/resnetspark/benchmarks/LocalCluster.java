package io.github.resnetspark.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** HDFS and Spark standalone on this machine, started by {@code deploy/bin/local-cluster}, in a folder of their own. */
final class LocalCluster implements AutoCloseable {
    /** The file system of the cluster. */
    static final String HDFS = "hdfs://127.0.0.1:9820";

    private static final Path SCRIPT =
            Path.of(System.getProperty("resnetspark.home"), "deploy", "bin", "local-cluster");
    private static final Pattern WORKER = Pattern.compile("(worker-\\d+) +running, process (\\d+)(?:, ([0-9.]+))?");
    private static final Pattern MASTER = Pattern.compile("spark://([^ :]+):\\d+");
    private static final Pattern NAMESPACES = Pattern.compile("nsenter (--net=\\S+-)head ");
    /** Long enough to tell an executor that computes from one that waits. */
    private static final Duration SAMPLE = Duration.ofMillis(500);

    private final Scratch scratch;
    private final Path folder;
    private final List<Process> started = new CopyOnWriteArrayList<>();
    private final Thread closing = new Thread(this::interrupted);
    private boolean stopped;

    private LocalCluster(Scratch scratch) {
        this.scratch = scratch;
        folder = scratch.path().resolve("cluster");
    }

    /** Starts workers of one core each. If this process is interrupted, the cluster ends and the scratch folder is deleted. */
    static LocalCluster up(Scratch scratch, int workers) throws IOException, InterruptedException {
        return up(scratch, List.of("--workers", Integer.toString(workers)));
    }

    /** The same with these options of {@code local-cluster up}. */
    static LocalCluster up(Scratch scratch, List<String> options) throws IOException, InterruptedException {
        LocalCluster cluster = new LocalCluster(scratch);
        Runtime.getRuntime().addShutdownHook(cluster.closing);
        List<String> command = new ArrayList<>(List.of("up"));
        command.addAll(options);
        try {
            cluster.run(command.toArray(String[]::new));
        } catch (IOException | InterruptedException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    /** Starts a command of {@code resnet-spark} on it. */
    Process submit(List<String> arguments) throws IOException {
        return submit(List.of(), arguments);
    }

    /** The same with options for Spark, such as {@code --conf}. */
    Process submit(List<String> options, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("submit"));
        command.addAll(options);
        command.addAll(arguments);
        return start(command);
    }

    /** Runs a command of {@code resnet-spark} to its end. */
    void run(List<String> arguments) throws IOException, InterruptedException {
        require(submit(arguments), arguments);
    }

    /**
     * Kills one of the executors that compute with SIGKILL.
     *
     * @param count number of executors that compute
     * @return whether there was one
     */
    boolean killOneThatComputes(int count, Random random) throws IOException, InterruptedException {
        Map<ProcessHandle, Duration> used = new HashMap<>();
        for (ProcessHandle executor : executors()) {
            used.put(executor, cpu(executor));
        }
        Thread.sleep(SAMPLE.toMillis());
        List<ProcessHandle> busiest = used.keySet().stream()
                .filter(ProcessHandle::isAlive)
                .sorted(Comparator.comparing(
                                (ProcessHandle executor) -> cpu(executor).minus(used.get(executor)))
                        .reversed())
                .limit(count)
                .toList();
        return !busiest.isEmpty() && busiest.get(random.nextInt(busiest.size())).destroyForcibly();
    }

    /** The URL of Spark's master. */
    String master() throws IOException, InterruptedException {
        return first(MASTER, status()).group();
    }

    /** The node of Spark's master, where drivers run. */
    Node head() throws IOException, InterruptedException {
        String status = status();
        return new Node(first(MASTER, status).group(1), enter(status, "head"));
    }

    /** The nodes of the workers, in order. */
    List<Node> workers() throws IOException, InterruptedException {
        String status = status();
        return WORKER.matcher(status)
                .results()
                .map(worker ->
                        worker.group(3) == null ? Node.HERE : new Node(worker.group(3), enter(status, worker.group(1))))
                .toList();
    }

    /** Without a network of its own, all nodes are this machine. */
    private static List<String> enter(String status, String node) {
        return NAMESPACES
                .matcher(status)
                .results()
                .findFirst()
                .map(match -> List.of("nsenter", match.group(1) + node))
                .orElse(List.of());
    }

    private static MatchResult first(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().orElseThrow();
    }

    private String status() throws IOException, InterruptedException {
        return run("status");
    }

    /** Executors are the children of workers. */
    List<ProcessHandle> executors() throws IOException, InterruptedException {
        return WORKER.matcher(status())
                .results()
                .map((MatchResult worker) -> ProcessHandle.of(Long.parseLong(worker.group(2))))
                .flatMap(Optional::stream)
                .flatMap(ProcessHandle::children)
                .toList();
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        return require(start(List.of(arguments)), List.of(arguments));
    }

    private static String require(Process process, List<String> arguments) throws IOException, InterruptedException {
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", arguments) + " failed with exit code " + process.exitValue()
                    + ". See the messages above.");
        }
        return printed;
    }

    private Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("RESNET_SPARK_CLUSTER", folder.toString());
        builder.environment().put("RESNET_SPARK_EXECUTOR_HEAP", "1g");
        Process process = builder.start();
        started.add(process);
        return process;
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(closing);
        } catch (IllegalStateException e) {
            // The hook is already running.
        }
    }

    private void interrupted() {
        stop();
        try {
            scratch.close();
        } catch (IOException e) {
            System.err.println(scratch.path() + " could not be deleted: " + e.getMessage());
        }
    }

    private synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            for (Process process : started) {
                process.destroyForcibly().waitFor();
            }
            // A driver that is gone takes those of its executors along whose worker ended before it could.
            start(List.of("down", "--delete")).waitFor();
        } catch (IOException e) {
            System.err.println("The cluster in " + folder + " could not be stopped: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
