package io.github.resnetspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.message.data.SparkFailures;
import io.github.resnetspark.message.model.MachineFailures;
import io.github.resnetspark.shard.ShardException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TaskFailedExceptionTest {
    /** Tasks run in this process. */
    private static final CountDownLatch BEGUN = new CountDownLatch(1);

    private static final AtomicBoolean ENDED = new AtomicBoolean();

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
                .isEqualTo("Counting failed: " + MachineFailures.diskFull("IOException: No space left on device"));
    }

    @Test
    void explainsALibraryThatCannotBeLoadedInATask() {
        assertThat(failing(number -> {
                    throw new NoClassDefFoundError("Could not initialize class org.xerial.snappy.Snappy");
                }))
                .isEqualTo("Counting failed: "
                        + MachineFailures.snappyNotLoaded(
                                "NoClassDefFoundError: Could not initialize class org.xerial.snappy.Snappy"));
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

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(
                        "Lost task 0.3 (TID 3): java.lang.OutOfMemoryError: GC overhead limit exceeded",
                        MachineFailures.heapTooSmall("GC overhead limit exceeded")),
                Arguments.of(
                        "java.io.IOException: hdfs:/a b/_c.tmp cannot be written (No space left on device)",
                        MachineFailures.diskFull("hdfs:/a b/_c.tmp cannot be written")),
                Arguments.of(
                        "java.io.IOException: Cannot write hdfs:/a b/_c.tmp (No space left on device)",
                        MachineFailures.diskFull("Cannot write hdfs:/a b/_c.tmp")),
                Arguments.of(
                        "ExecutorLostFailure (executor 3 exited) Reason: Command exited with code 137",
                        MachineFailures.executorKilled("exited with code 137")),
                Arguments.of(
                        "java.lang.OutOfMemoryError: Cannot reserve 8 bytes of direct buffer memory",
                        MachineFailures.directBuffersUsedUp("Cannot reserve 8 bytes of direct buffer memory")),
                Arguments.of(
                        "org.apache.hadoop.security.AccessControlException: Client cannot authenticate via:[TOKEN, KERBEROS]",
                        MachineFailures.noKerberosTicket("Client cannot authenticate via:[TOKEN, KERBEROS]")),
                Arguments.of(
                        "org.apache.hadoop.security.KerberosAuthException: failure to login: for principal: trainer@EXAMPLE.COM"
                                + " from keytab /home/trainer/secret.keytab",
                        MachineFailures.noKerberosTicket("failure to login")),
                Arguments.of(
                        "org.apache.hadoop.ipc.RemoteException(org.apache.hadoop.security.token.SecretManager$InvalidToken):"
                                + " token (token for trainer: HDFS_DELEGATION_TOKEN owner=trainer@EXAMPLE.COM, renewer=yarn,"
                                + " realUser=, issueDate=1, maxDate=2, sequenceNumber=3, masterKeyId=4) is expired, current"
                                + " time: 2026-11-30 22:00:00,000+0000 expected renewal time: 2026-11-30 21:00:00,000+0000",
                        MachineFailures.tokenEnded("is expired")),
                Arguments.of(
                        "ExecutorLostFailure (executor 3 exited) Reason: Command exited with code 52",
                        MachineFailures.heapTooSmall("exited with code 52")),
                Arguments.of(
                        "ExecutorLostFailure (executor 1 exited) Reason: Container killed by YARN for exceeding physical"
                                + " memory limits. 5 GB of 4 GB used.",
                        MachineFailures.containerMemory(
                                "Container killed by YARN for exceeding physical memory limits. 5 GB of 4 GB used.")),
                Arguments.of(
                        "java.lang.OutOfMemoryError: Physical memory usage is too high: physicalBytes (5G) >"
                                + " maxPhysicalBytes (4G)",
                        MachineFailures.offHeapUsedUp(
                                "OutOfMemoryError: Physical memory usage is too high: physicalBytes"
                                        + " (5G) > maxPhysicalBytes (4G)")),
                Arguments.of(
                        "org.apache.hadoop.hdfs.protocol.DSQuotaExceededException: The DiskSpace quota of /team is"
                                + " exceeded: quota = 1 B",
                        MachineFailures.quotaUsedUp("The DiskSpace quota of /team is exceeded: quota = 1 B")));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void explainsFailuresThatSparkReportsAsTextOnly(String text, String message) {
        Throwable thrown =
                new ExecutionException(new SparkException("Job aborted due to stage failure: " + text, null));

        assertThat(TaskFailedException.of(thrown, "Training")).hasMessage("Training failed: " + message);
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
