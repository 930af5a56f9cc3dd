package io.github.resnetspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.message.data.SparkFailures;
import io.github.resnetspark.shard.ShardException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFailedExceptionTest {
    /** Tasks run in this process. */
    private static final CountDownLatch BEGUN = new CountDownLatch(1);

    private static final AtomicBoolean ENDED = new AtomicBoolean();

    private static final String HEAP = "Raise RESNET_SPARK_HEAP on one machine, or spark.driver.memory and"
            + " spark.executor.memory on a cluster.";

    @Test
    void reportsTheMessageOfTheTask() {
        assertThat(failing(number -> {
                    throw new ShardException("This shard is odd. Make it even.");
                }))
                .isEqualTo("This shard is odd. Make it even.");
    }

    @Test
    void explainsAFullDiskInATask() {
        assertThat(failing(number -> {
                    RawLocalFileSystem files = new RawLocalFileSystem();
                    files.initialize(URI.create("file:///"), new Configuration());
                    try (OutputStream out = files.create(new Path("/dev/full"), true)) {
                        out.write(new byte[1 << 16]);
                    }
                    return number;
                }))
                .isEqualTo(
                        "Counting failed: The disk is full (IOException: No space left on device). Make room on it, and"
                                + " run the same command again. Temporary files can be moved with java.io.tmpdir and"
                                + " spark.local.dir.");
    }

    @Test
    void explainsALibraryThatCannotBeLoadedInATask() {
        assertThat(failing(number -> {
                    throw new NoClassDefFoundError("Could not initialize class org.xerial.snappy.Snappy");
                }))
                .startsWith(
                        "Counting failed: The native library of Snappy cannot be loaded (NoClassDefFoundError: Could not"
                                + " initialize class org.xerial.snappy.Snappy). It is unpacked to the folder for temporary files,"
                                + " which must be writable and not mounted noexec: name another one with"
                                + " -Dorg.xerial.snappy.tempdir=FOLDER in RESNET_SPARK_JAVA_OPTS");
    }

    @Test
    void reportsAnUnknownFailureWithItsType() {
        assertThat(failing(number -> {
                    throw new IOException("no DataNode answers");
                }))
                .isEqualTo(SparkFailures.unknown("Counting", "java.io.IOException: no DataNode answers"));
    }

    @Test
    void reportsAFailureAfterTheOtherTasksHaveEnded() {
        assertThat(failing(number -> {
                    if (number == 1) {
                        BEGUN.await();
                        throw new ShardException("The first fails. Do without it.");
                    }
                    try {
                        BEGUN.countDown();
                        Thread.sleep(1500);
                    } finally {
                        ENDED.set(true);
                    }
                    return number;
                }))
                .isEqualTo("The first fails. Do without it.");
        assertThat(ENDED).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Lost task 0.3 (TID 3): java.lang.OutOfMemoryError: GC overhead limit exceeded"
                        + "| The Java heap is too small (GC overhead limit exceeded). " + HEAP,
                "java.io.IOException: hdfs:/a b/_c.tmp cannot be written (No space left on device)"
                        + "| The disk is full (hdfs:/a b/_c.tmp cannot be written). Make room on it, and run the same command"
                        + " again. Temporary files can be moved with java.io.tmpdir and spark.local.dir.",
                "ExecutorLostFailure (executor 3 exited) Reason: Command exited with code 137"
                        + "| An executor was killed (exited with code 137), mostly because it took more memory than its"
                        + " container or machine has. Look into the cluster manager's log for why; raise"
                        + " spark.executor.memoryOverhead if that is it.",
                "java.lang.OutOfMemoryError: Cannot reserve 8 bytes of direct buffer memory"
                        + "| The memory for Java's direct buffers is used up (Cannot reserve 8 bytes of direct buffer memory),"
                        + " which is as large as the heap. " + HEAP,
                "org.apache.hadoop.security.AccessControlException: Client cannot authenticate via:[TOKEN, KERBEROS]"
                        + "| The cluster wants Kerberos and this process has no valid ticket (Client cannot authenticate"
                        + " via:[TOKEN, KERBEROS]). Run kinit, or set spark.kerberos.principal and spark.kerberos.keytab.",
                "ExecutorLostFailure (executor 3 exited) Reason: Command exited with code 52"
                        + "| The Java heap is too small (exited with code 52). " + HEAP,
                "ExecutorLostFailure (executor 1 exited) Reason: Container killed by YARN for exceeding physical memory"
                        + " limits. 5 GB of 4 GB used.| An executor took more memory than its container has (Container"
                        + " killed by YARN for exceeding physical memory limits. 5 GB of 4 GB used.). Raise"
                        + " spark.executor.memoryOverhead, or lower train.batch-size-per-worker.",
                "java.lang.OutOfMemoryError: Physical memory usage is too high: physicalBytes (5G) > maxPhysicalBytes (4G)"
                        + "| The memory outside the Java heap is used up (OutOfMemoryError: Physical memory usage is too"
                        + " high: physicalBytes (5G) > maxPhysicalBytes (4G)). Raise RESNET_SPARK_OFF_HEAP on one machine,"
                        + " or spark.executor.memoryOverhead on a cluster, or lower train.batch-size-per-worker.",
                "org.apache.hadoop.hdfs.protocol.DSQuotaExceededException: The DiskSpace quota of /team is exceeded: quota"
                        + " = 1 B| A quota of HDFS is used up (The DiskSpace quota of /team is exceeded: quota = 1 B). Make"
                        + " room below that directory or raise its quota, and run the same command again.",
            })
    void explainsFailuresThatSparkReportsOnlyAsText(String text, String sentences) {
        Throwable thrown =
                new ExecutionException(new SparkException("Job aborted due to stage failure: " + text, null));

        assertThat(TaskFailedException.of(thrown, "Training")).hasMessage("Training failed: " + sentences);
    }

    private static String failing(Function<Integer, Integer> task) {
        ShardwiseJob job = new ShardwiseJob(LocalSpark.context(), "Counting");
        String[] message = new String[1];
        assertThatThrownBy(() -> job.run(List.of(1, 2), task))
                .isInstanceOf(TaskFailedException.class)
                .satisfies(thrown -> message[0] = thrown.getMessage());
        return message[0];
    }
}
