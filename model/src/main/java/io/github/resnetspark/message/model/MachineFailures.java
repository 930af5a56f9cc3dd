package io.github.resnetspark.message.model;

import io.github.resnetspark.text.ShownText;

/**
 * Failures of the machines that a run is on: memory, disks, native libraries, permissions.
 *
 * <p>The parameter of every method is what the failing library said, which the message quotes in parentheses.
 */
public final class MachineFailures {
    private static final String RAISE_HEAP = " Raise RESNET_SPARK_HEAP on one machine, or spark.driver.memory and"
            + " spark.executor.memory on a cluster.";
    private static final String JAVA_OPTIONS = " in RESNET_SPARK_JAVA_OPTS on one machine, or in"
            + " spark.driver.extraJavaOptions and spark.executor.extraJavaOptions on a cluster";

    private MachineFailures() {}

    public static String diskFull(String cause) {
        return "The disk is full" + quoted(cause) + ". Free some space and run the same command again. To put temporary"
                + " files elsewhere, set java.io.tmpdir and spark.local.dir.";
    }

    public static String quotaUsedUp(String cause) {
        return "The HDFS quota is used up" + quoted(cause)
                + ". Free space in that directory or raise its quota, and run the same command again.";
    }

    public static String noDataNode(String cause) {
        return "No HDFS DataNode is up and has free space" + quoted(cause)
                + ". Start one or free space, and run the same command again.";
    }

    public static String offHeapUsedUp(String cause) {
        return "The memory outside the Java heap is used up" + quoted(cause)
                + ". Raise RESNET_SPARK_OFF_HEAP on one machine or spark.executor.memoryOverhead on a cluster, or lower"
                + " train.batch-size-per-replica.";
    }

    public static String directBuffersUsedUp(String cause) {
        return "The memory for Java's direct buffers, which is as large as the heap, is used up" + quoted(cause) + "."
                + RAISE_HEAP;
    }

    public static String containerMemory(String cause) {
        return "An executor used more memory than its container has" + quoted(cause)
                + ". Raise spark.executor.memoryOverhead or lower train.batch-size-per-replica.";
    }

    public static String executorKilled(String cause) {
        return "An executor was killed" + quoted(cause)
                + ", usually because it used more memory than its container or machine has. Look for the cause in the"
                + " cluster manager's log. If it is memory, raise spark.executor.memoryOverhead.";
    }

    public static String noMoreThreads(String cause) {
        return "The system does not let this user start more threads" + quoted(cause)
                + ". Raise the process limit of the user (ulimit -u) or of the container.";
    }

    public static String classMemoryUsedUp(String cause) {
        return "The JVM's memory for classes is used up" + quoted(cause) + ". Raise -XX:MaxMetaspaceSize" + JAVA_OPTIONS
                + ".";
    }

    public static String heapTooSmall(String cause) {
        return "The Java heap is too small" + quoted(cause) + "." + RAISE_HEAP;
    }

    public static String snappyNotLoaded(String cause) {
        return notLoaded("The native library of Snappy", cause, "It is", "the directory for temporary files")
                + otherDirectory("-Dorg.xerial.snappy.tempdir");
    }

    public static String nativeMathNotLoaded(String cause) {
        return notLoaded("The native libraries of ND4J and OpenCV", cause, "They are", "~/.javacpp/cache")
                + otherDirectory("-Dorg.bytedeco.javacpp.cachedir");
    }

    public static String libraryNotLoaded(String cause) {
        return notLoaded("A native library", cause, "Such libraries are", "the directory for temporary files")
                + otherDirectory("-Djava.io.tmpdir");
    }

    public static String namelessUser(String cause) {
        return "This process runs with a user ID that has no name on this machine" + quoted(cause)
                + ". Add the ID to /etc/passwd, or run as a user that is listed there.";
    }

    public static String noKerberosTicket(String cause) {
        return "The cluster requires Kerberos, but this process has no valid ticket" + quoted(cause)
                + ". Run kinit, or give spark-submit --principal and --keytab.";
    }

    public static String tokenEnded(String cause) {
        return "The delegation token of this run has ended" + quoted(cause)
                + ". Give spark-submit --principal and --keytab, so that Spark gets new tokens.";
    }

    public static String accessDenied(String cause) {
        return "Access is denied" + quoted(cause) + ". Grant this user the permission, or run as another user.";
    }

    private static String notLoaded(String what, String cause, String unpacked, String directory) {
        return what + " cannot be loaded" + quoted(cause) + ". " + unpacked + " unpacked to " + directory
                + ", which must be writable and not mounted noexec.";
    }

    private static String otherDirectory(String option) {
        return " Set " + option + "=DIRECTORY" + JAVA_OPTIONS + ", to use another directory.";
    }

    private static String quoted(String cause) {
        return " (" + ShownText.clause(cause) + ")";
    }
}
