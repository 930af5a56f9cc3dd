package io.github.resnetspark.failure;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Failures of the machines that a run is on, rather than of the run: memory, disks, native libraries, permissions. They come as
 * exceptions or errors of many libraries, and from Spark's tasks often as text alone, so here, and in {@code ExecutorLoss},
 * messages are searched. What this project throws is told apart by its type.
 */
public final class KnownFailure {
    private static final int LONGEST_LINE = 2000;
    private static final String AGAIN = ", and run the same command again.";
    private static final String ON_ONE_MACHINE = "RESNET_SPARK_JAVA_OPTS on one machine, or in"
            + " spark.driver.extraJavaOptions and spark.executor.extraJavaOptions on a cluster";

    private static final String DISK_FULL = "The disk is full (%s). Make room on it" + AGAIN
            + " Temporary files can be moved with java.io.tmpdir and spark.local.dir.";

    /**
     * In the order in which they are looked for. What the pattern's group holds, or all that it matched, stands in the sentence
     * for {@code %s}.
     */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    "(?:[^\\n]*(?:Exception|Error): )?([^\\n]* cannot be written) \\((?:No space left on device|Disk quota exceeded)\\)",
                    DISK_FULL),
            new Rule("[^\\n]*\\b(?:No space left on device|Disk quota exceeded)", DISK_FULL),
            new Rule(
                    "(?:DS|NS)QuotaExceededException: ([^\\n]*)",
                    "A quota of HDFS is used up (%s). Make room below that directory or raise its quota" + AGAIN),
            new Rule(
                    "could only be (?:written|replicated) to 0 [^\\n]*",
                    "HDFS has no DataNode that is up and has room (%s). Start one or make room" + AGAIN),
            new Rule(
                    "OutOfMemoryError: [^\\n]*(?:Physical memory usage is too high|Failed to allocate memory)[^\\n]*"
                            + "|OutOfMemoryError: Cannot allocate[^\\n]*",
                    "The memory outside the Java heap is used up (%s). Raise RESNET_SPARK_OFF_HEAP on one machine, or"
                            + " spark.executor.memoryOverhead on a cluster, or lower train.batch-size-per-worker."),
            new Rule(
                    "OutOfMemoryError: (Cannot reserve [^\\n]*)",
                    "The memory for Java's direct buffers is used up (%s), which is as large as the heap. Raise"
                            + " RESNET_SPARK_HEAP on one machine, or spark.driver.memory and spark.executor.memory on a"
                            + " cluster."),
            new Rule(
                    "Container killed by YARN for exceeding[^\\n]*|OOMKilled",
                    "An executor took more memory than its container has (%s). Raise spark.executor.memoryOverhead, or"
                            + " lower train.batch-size-per-worker."),
            new Rule(
                    "[Ee]xit(?:ed with)?(?: status:?| code:?) 137",
                    "An executor was killed (%s), mostly because it took more memory than its container or machine has."
                            + " Look into the cluster manager's log for why; raise spark.executor.memoryOverhead if that"
                            + " is it."),
            new Rule(
                    "OutOfMemoryError: (unable to create (?:new )?native thread)",
                    "The system lets this user start no more threads (%s). Raise the limit of processes: ulimit -u, or"
                            + " that of the container."),
            new Rule(
                    "OutOfMemoryError: (Metaspace|Compressed class space)",
                    "The JVM's memory for classes is used up (%s). Raise -XX:MaxMetaspaceSize in " + ON_ONE_MACHINE
                            + "."),
            new Rule(
                    "OutOfMemoryError(?:: ([^\\n]*))?|exited with code 52",
                    "The Java heap is too small (%s). Raise RESNET_SPARK_HEAP on one machine, or spark.driver.memory and"
                            + " spark.executor.memory on a cluster."),
            new Rule(
                    "[^\\n]*(?:SnappyError|(?:UnsatisfiedLinkError|Could not initialize class)[^\\n]*snappy)[^\\n]*",
                    "The native library of Snappy cannot be loaded (%s). It is unpacked to the folder for temporary files,"
                            + " which must be writable and not mounted noexec: name another one with"
                            + " -Dorg.xerial.snappy.tempdir=FOLDER in " + ON_ONE_MACHINE + "."),
            new Rule(
                    "[^\\n]*(?:(?:UnsatisfiedLinkError|Could not initialize class|NoClassDefFoundError)[^\\n]*"
                            + "(?:nd4j|javacpp|bytedeco|opencv|jnind4j)|NoAvailableBackendException)[^\\n]*",
                    "The native libraries of ND4J and OpenCV cannot be loaded (%s). They are unpacked to ~/.javacpp/cache,"
                            + " which must be writable and not mounted noexec: name another folder with"
                            + " -Dorg.bytedeco.javacpp.cachedir=FOLDER in " + ON_ONE_MACHINE + "."),
            new Rule(
                    "UnsatisfiedLinkError[^\\n]*",
                    "A native library cannot be loaded (%s). Such libraries are unpacked to the folder for temporary files,"
                            + " which must be writable and not mounted noexec: name another one with"
                            + " -Djava.io.tmpdir=FOLDER in " + ON_ONE_MACHINE + "."),
            new Rule(
                    "invalid null input: name",
                    "This process runs as a user whose number has no name on this machine (%s). Add the number to"
                            + " /etc/passwd, or run as a user who is in it."),
            new Rule(
                    "(?:Client cannot authenticate via|SIMPLE authentication is not enabled|GSS initiate failed"
                            + "|No valid credentials provided)[^\\n]*",
                    "The cluster wants Kerberos and this process has no valid ticket (%s). Run kinit, or set"
                            + " spark.kerberos.principal and spark.kerberos.keytab."),
            new Rule(
                    "(?:AccessDeniedException|AccessControlException): ([^\\n]*)",
                    "Access is denied (%s). Give this user the permission, or run as another."));

    private KnownFailure() {}

    private record Rule(Pattern pattern, String sentences) {
        Rule(String pattern, String sentences) {
            this(Pattern.compile(pattern), sentences);
        }
    }

    /** What is wrong and what to do about it, in two sentences; nothing if that is not known. */
    public static Optional<String> explain(Throwable thrown) {
        String text = text(thrown);
        for (Rule rule : RULES) {
            Matcher found = rule.pattern().matcher(text);
            if (found.find()) {
                boolean named = found.groupCount() > 0 && found.group(1) != null;
                String what = (named ? found.group(1) : found.group()).strip();
                return Optional.of(rule.sentences().replace("%s", what));
            }
        }
        return Optional.empty();
    }

    /** The rules take time that grows with the square of a line's length. */
    private static String shortened(String message) {
        return message.lines()
                .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)
                .collect(Collectors.joining("\n"));
    }

    /** The innermost first, which says most, each on a line that begins with its type. */
    private static String text(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < 20; cause = cause.getCause()) {
            String name = cause.getClass().getSimpleName();
            String message = cause.getMessage();
            text.insert(0, name + (message == null ? "" : ": " + shortened(message)) + "\n");
            depth++;
        }
        return text.toString();
    }
}
