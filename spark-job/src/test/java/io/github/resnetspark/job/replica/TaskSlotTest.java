package io.github.resnetspark.job.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.message.job.TrainingFailures;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceInformation;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

class TaskSlotTest {
    @Test
    void outsideATaskNoResourcesAreAssigned() {
        assertThat(TaskSlot.current()).isEqualTo(new TaskSlot(0, List.of()));
    }

    @Test
    void aTaskHasTheCoresThatSparkAssigns() {
        try (JavaSparkContext spark = LocalSpark.open(2)) {
            assertThat(spark.parallelize(List.of(1))
                            .map(one -> TaskSlot.current().cores())
                            .collect())
                    .containsExactly(1);
        }
    }

    @Test
    void hasTheAddressesOfItsGpusInRisingOrder() {
        assertThat(TaskSlot.of(4, Map.of("gpu", new ResourceInformation("gpu", new String[] {"3", "1"}))))
                .isEqualTo(new TaskSlot(4, List.of("1", "3")));
    }

    @Test
    void replicasShareTheCoresAndGetOneGpuEach() {
        assertThat(new TaskSlot(8, List.of("1", "3")).split(2))
                .containsExactly(new TaskSlot(4, List.of("1")), new TaskSlot(4, List.of("3")));
        assertThat(new TaskSlot(2, List.of()).split(3)).containsOnly(new TaskSlot(1, List.of()));
        assertThat(new TaskSlot(0, List.of()).split(2)).containsOnly(new TaskSlot(0, List.of()));
    }

    @Test
    void rejectsFewerGpusThanReplicas() {
        assertThatThrownBy(() -> new TaskSlot(4, List.of("0", "1")).split(4))
                .isInstanceOf(FailureException.class)
                .hasMessage(TrainingFailures.tooFewGpus(2, 4));
    }

    @Test
    void rejectsAMissingGpu() {

        assertThat(new TaskSlot(1, List.of("1")).device(2)).isEqualTo(1);
        assertThatThrownBy(() -> new TaskSlot(1, List.of("2")).device(2))
                .hasMessage(TrainingFailures.unknownGpu("2", 2));
        assertThatThrownBy(() -> new TaskSlot(1, List.of("GPU-7a")).device(2))
                .hasMessage(TrainingFailures.unknownGpu("GPU-7a", 2));
    }

    /**
     * OpenMP creates its threads at the first parallel work, so a thread that is bound to three cores creates two more.
     */
    @Test
    void aReplicaComputesWithOneThreadPerCore() throws Exception {
        onThread("bound-1", () -> trainOnce(1));

        onThread("bound-3", () -> trainOnce(3));

        onThread("not-bound", () -> {
            new TaskSlot(0, List.of()).bindThread();
            assertThat(openMpThreads()).isEqualTo(1);
        });
    }

    private static void trainOnce(int cores) {
        new TaskSlot(cores, List.of()).bindThread();
        assertThat(openMpThreads()).isEqualTo(cores);
        ResNetSpec network = new ResNetSpec(Family.CIFAR, 8, Block.BASIC, Variant.V1, Shortcut.B, true, false, 10, 32);
        ComputationGraph net = ResNet.create(network, 1);
        net.output(false, Nd4j.rand(DataType.FLOAT, 16, 3, 32, 32));
        net.close();
        // A native thread inherits the name of the thread that created it.
        assertThat(threadsNamed(Thread.currentThread().getName())).isEqualTo(cores);
    }

    private static int openMpThreads() {
        return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
    }

    private static long threadsNamed(String name) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.filter(thread -> name(thread).equals(name)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException e) {
            return "gone";
        }
    }

    private static void onThread(String name, Runnable work) throws InterruptedException {
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(work, name);
        thread.setUncaughtExceptionHandler((failed, thrown) -> failure[0] = thrown);
        thread.start();
        thread.join();
        assertThat(failure[0]).isNull();
    }
}
