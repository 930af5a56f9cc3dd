package io.github.resnetspark.job.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.preflight.PreflightChecks.Findings;
import io.github.resnetspark.job.preflight.SlotFacts.Gpu;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PreflightChecksTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final Programs CPU = new Programs("0.1.0", "17", "3.5.5", "resnet-spark.jar on the CPU");
    private static final Programs GPU = new Programs("0.1.0", "17", "3.5.5", "resnet-spark.jar on the GPU");

    /** 300 MiB of parameters, gradients and momentum, and 200 MiB a picture. */
    private static final WorkerMemory REPLICA = new WorkerMemory(100 * MIB, 100 * MIB, 100 * MIB, 200 * MIB);

    private static final RunNeeds NEEDS = new RunNeeds(2, 2, 8, REPLICA, 200 * MIB, 100 * MIB, 40, 10_000, 3 * GIB);

    @Test
    void saysNothingWhereEverythingIsThere() {
        assertThat(of(NEEDS, standalone(slot("0", "a"), slot("1", "b")))).isEqualTo(new Findings(List.of(), List.of()));
    }

    @Test
    void tellsTooFewSlotsWithTheNumberThatIsThere() {
        assertThat(of(NEEDS, standalone(slot("0", "a"))).problems())
                .containsExactly("cluster.workers is 2 but Spark offers 1 task slot of 4 cores on 1 executor."
                        + " Set cluster.workers = 1, or ask Spark for more with spark.executor.instances or"
                        + " spark.cores.max.");
    }

    @Test
    void isContentWithFewerSlotsWhereFewerMayGoOn() {
        RunNeeds elastic = new RunNeeds(4, 2, 8, REPLICA, 200 * MIB, 100 * MIB, 40, 10_000, 3 * GIB);

        assertThat(of(elastic, standalone(slot("0", "a"), slot("1", "b"))).problems())
                .isEmpty();
        assertThat(of(elastic, standalone(slot("0", "a"))).problems())
                .containsExactly("cluster.min-workers is 2 but Spark offers 1 task slot of 4 cores on 1 executor."
                        + " Set cluster.min-workers = 1, or ask Spark for more with spark.executor.instances or"
                        + " spark.cores.max.");
    }

    @Test
    void tellsThatNoExecutorCame() {
        assertThat(of(NEEDS, standalone()).problems())
                .containsExactly(
                        "Spark offers no task slot after 30 s. Check that its workers run and have the cores and"
                                + " memory that spark.executor.cores and spark.executor.memory ask for, or raise"
                                + " spark.scheduler.maxRegisteredResourcesWaitingTime.");
    }

    @Test
    void doesNotCountSlotsThatComeWithTheWork() {
        ClusterFacts cluster = unlimited(
                ClusterManager.STANDALONE, CPU, 2 * GIB, OptionalInt.empty(), 0, 4, 0, List.of(slot("0", "a")));

        assertThat(of(NEEDS, cluster).problems()).isEmpty();
    }

    @Test
    void countsTheSlotsThatMayComeWithTheWork() {
        ClusterFacts cluster = new ClusterFacts(
                ClusterManager.STANDALONE,
                CPU,
                2 * GIB,
                OptionalInt.empty(),
                OptionalInt.of(1),
                0,
                4,
                0,
                List.of(slot("0", "a")));

        assertThat(of(NEEDS, cluster).problems())
                .containsExactly(
                        "cluster.workers is 2 but spark.dynamicAllocation.maxExecutors allows no more than 1 task"
                                + " slot. Raise it, or set cluster.workers = 1.");
    }

    @Test
    void namesWhatDiffersOnWhichExecutors() {
        Programs older = new Programs("0.0.9", "11", "3.5.1", "nd4j-api-1.0.0-M2.jar on the CPU");

        assertThat(of(
                                NEEDS,
                                standalone(
                                        slot("0", "a"),
                                        with(slot("1", "b"), older),
                                        with(slot("2", "c"), older),
                                        with(slot("3", "d"), new Programs("0.1.0", "17", "3.5.1", CPU.nd4j()))))
                        .problems())
                .containsExactly(
                        "Executor 3 on d runs Spark 3.5.1 instead of 3.5.5 of the driver. Install the same everywhere, and"
                                + " submit one jar with spark-submit instead of adding jars to"
                                + " spark.executor.extraClassPath.",
                        "Executor 1 on b (and 1 more) runs resnet-spark 0.0.9 instead of 0.1.0, Java 11 instead of 17, Spark"
                                + " 3.5.1 instead of 3.5.5, ND4J nd4j-api-1.0.0-M2.jar on the CPU instead of"
                                + " resnet-spark.jar on the CPU of the driver. Install the same everywhere, and submit one"
                                + " jar with spark-submit instead of adding jars to spark.executor.extraClassPath.");
    }

    @Test
    void tellsHeapsThatAreTooSmall() {
        ClusterFacts cluster = unlimited(
                ClusterManager.STANDALONE,
                CPU,
                500 * MIB,
                OptionalInt.of(2),
                0,
                4,
                0,
                List.of(heap(slot("0", "a"), 900 * MIB), heap(slot("0", "a"), 900 * MIB)));

        // An executor: two averages of 200 MiB, and in both slots 200 to reduce and 100 of pictures; half as much again
        // is proposed.
        assertThat(of(NEEDS, cluster).problems())
                .containsExactly(
                        "The driver's heap is 500 MiB but the run needs at least 1000 MiB. Set spark.driver.memory ="
                                + " 1536m.",
                        "An executor's heap is 900 MiB but its 2 slots need at least 1000 MiB. Set spark.executor.memory ="
                                + " 1536m.");
    }

    @Test
    void anEmbeddedSparkHasOneHeapForAll() {
        ClusterFacts cluster = unlimited(
                ClusterManager.EMBEDDED,
                CPU,
                GIB,
                OptionalInt.of(2),
                0,
                4,
                0,
                List.of(slot("driver", "a"), slot("driver", "a")));

        assertThat(of(NEEDS, cluster).problems())
                .containsExactly("The driver's heap is 1.0 GiB but the run needs at least 2.0 GiB. Set"
                        + " RESNET_SPARK_HEAP=3072m.");
    }

    @Test
    void tellsJavaCppsLimitThatTensorsWouldReach() {
        SlotFacts limited = new SlotFacts("0", "a", 4, 8, 2 * GIB, 3 * GIB, 64 * GIB, List.of(), CPU);

        assertThat(of(NEEDS, standalone(limited, slot("1", "b"))).problems())
                .containsExactly(
                        "JavaCPP lets an executor grow to 3.0 GiB but its heap and 1 slot may need 4.1 GiB. Add"
                                + " -Dorg.bytedeco.javacpp.maxphysicalbytes=0 to spark.executor.extraJavaOptions.");
    }

    @Test
    void tellsAContainerThatTensorsDoNotFitInto() {
        ClusterFacts cluster = unlimited(
                ClusterManager.YARN,
                CPU,
                2 * GIB,
                OptionalInt.of(2),
                0,
                4,
                384 * MIB,
                List.of(slot("1", "a"), slot("1", "a")));

        // 300 MiB of the process, and 2 x (300 + 8 x 200).
        assertThat(of(NEEDS, cluster).problems())
                .containsExactly(
                        "An executor's container has 384 MiB outside the heap but 2 replicas with minibatches of 8"
                                + " need 4.0 GiB. Set spark.executor.memoryOverhead = 4352m.");
    }

    @Test
    void tellsAMachineThatIsTooSmallForAllOfItsExecutors() {
        SlotFacts first = new SlotFacts("0", "a", 4, 8, GIB, 0, 6 * GIB, List.of(), CPU);
        SlotFacts second = new SlotFacts("1", "a", 4, 8, GIB, 0, 6 * GIB, List.of(), CPU);

        // Of 6 GiB the heaps take 2 and the processes 0.6: 1748 MiB for each replica, 300 of them fixed.
        assertThat(of(NEEDS, standalone(first, second)).problems())
                .containsExactly("The executors on a may need 6.3 GiB but it has 6.0 GiB."
                        + " Set train.batch-size-per-worker = 7, or give it fewer slots.");
    }

    @Test
    void tellsAGpuThatIsTooSmall() {
        assertThat(of(NEEDS, gpus(new Gpu("0", GIB), new Gpu("1", 40 * GIB))).problems())
                .containsExactly("A GPU has 1.0 GiB but a replica with minibatches of 8 needs about 1.9 GiB."
                        + " Set train.batch-size-per-worker = 3.");
    }

    @Test
    void tellsThatNobodyHandsOutTheGpus() {
        assertThat(of(NEEDS, gpus(null, null)).problems())
                .containsExactly("ND4J computes on GPUs but Spark gives the tasks none. Set"
                        + " spark.task.resource.gpu.amount = 1 and what else conf/spark/gpu.conf has.");
    }

    @Test
    void notesGpusThatNobodyUses() {
        SlotFacts slot = new SlotFacts("0", "a", 4, 8, 2 * GIB, 0, 64 * GIB, List.of(new Gpu("0", 0)), CPU);

        assertThat(of(NEEDS, standalone(slot, slot)))
                .isEqualTo(new Findings(
                        List.of(),
                        List.of(
                                "Spark gives each task a GPU but this jar computes on the CPU. Build it with mvn -Pcuda to"
                                        + " use them.")));
    }

    @Test
    void tellsADiskThatIsTooFull() {
        assertThat(PreflightChecks.of(
                                NEEDS,
                                standalone(slot("0", "a"), slot("1", "b")),
                                "hdfs://namenode/models/r50",
                                new FreeSpace(OptionalLong.of(GIB), OptionalLong.of(3)))
                        .problems())
                .containsExactly(
                        "hdfs://namenode/models/r50 has 1.0 GiB free but checkpoints and model take 3.0 GiB. Make"
                                + " room there, name another model.dir or set checkpoint.keep = 1.",
                        "A quota lets hdfs://namenode/models/r50 have 3 more files but checkpoints and model may be up to"
                                + " 100. Raise the quota of names, or name another model.dir.");
    }

    @Test
    void notesWhatOnlyCostsTime() {
        RunNeeds few = new RunNeeds(2, 2, 8, REPLICA, 200 * MIB, 100 * MIB, 1, 240, 3 * GIB);
        SlotFacts busy = new SlotFacts("0", "a", 4, 2, 2 * GIB, 0, 64 * GIB, List.of(), CPU);

        assertThat(of(few, standalone(busy, slot("1", "b"))))
                .isEqualTo(new Findings(
                        List.of(),
                        List.of(
                                "The shards have 1 row group to train on for 2 workers, so several read the same. Prepare"
                                        + " them with prepare.row-group = 120 to spare that.",
                                "Executor 0 on a computes with 4 threads on 2 processors. Set spark.executor.cores = 2 to"
                                        + " have each its own.")));
    }

    @Test
    void tellsAllProblemsAtOnce() {
        RunNeeds greedy = new RunNeeds(3, 3, 8, REPLICA, 9 * GIB, 100 * MIB, 40, 10_000, 3 * GIB);

        assertThat(of(greedy, standalone(slot("0", "a"), with(slot("1", "b"), GPU)))
                        .problems())
                .hasSize(4)
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("cluster.workers is 3"),
                        problem -> assertThat(problem).startsWith("Executor 1 on b runs ND4J"),
                        problem -> assertThat(problem).startsWith("The driver's heap"),
                        problem -> assertThat(problem).startsWith("An executor's heap"));
    }

    @Test
    void linesTellWhatEachExecutorGot() {
        ClusterFacts cluster = standalone(
                slot("0", "a"),
                slot("1", "b"),
                new SlotFacts("2", "c", 4, 8, 2 * GIB, 0, 64 * GIB, List.of(new Gpu("0", 0)), CPU),
                new SlotFacts("2", "c", 4, 8, 2 * GIB, 0, 64 * GIB, List.of(new Gpu("1", 0)), CPU));

        assertThat(new PreflightReport(NEEDS, cluster, of(NEEDS, cluster)).lines())
                .containsExactly(
                        "executor 0 on a, 1 on b: 1 slot × 4 cores, heap 2.0 GiB, machine 64.0 GiB",
                        "executor 2 on c: 2 slots × 4 cores, heap 2.0 GiB, machine 64.0 GiB, GPU 0, 1",
                        "a replica with minibatches of 8 needs about 1.9 GiB outside the heap");
    }

    private static Findings of(RunNeeds needs, ClusterFacts cluster) {
        return PreflightChecks.of(needs, cluster, "file:/model", FreeSpace.UNKNOWN);
    }

    private static ClusterFacts unlimited(
            ClusterManager manager,
            Programs driver,
            long driverHeap,
            OptionalInt slotCount,
            long secondsWaited,
            int coresPerTask,
            long overhead,
            List<SlotFacts> slots) {
        return new ClusterFacts(
                manager,
                driver,
                driverHeap,
                slotCount,
                OptionalInt.empty(),
                secondsWaited,
                coresPerTask,
                overhead,
                slots);
    }

    private static ClusterFacts standalone(SlotFacts... slots) {
        return unlimited(
                ClusterManager.STANDALONE, CPU, 2 * GIB, OptionalInt.of(slots.length), 30, 4, 0, List.of(slots));
    }

    private static ClusterFacts gpus(Gpu first, Gpu second) {
        List<SlotFacts> slots = new ArrayList<>();
        for (Gpu gpu : new Gpu[] {first, second}) {
            List<Gpu> given = gpu == null ? List.of() : List.of(gpu);
            slots.add(new SlotFacts("0", "a", 4, 8, 2 * GIB, 0, 64 * GIB, given, GPU));
        }
        return unlimited(ClusterManager.STANDALONE, GPU, 2 * GIB, OptionalInt.of(2), 0, 4, 0, slots);
    }

    private static SlotFacts slot(String executor, String host) {
        return new SlotFacts(executor, host, 4, 8, 2 * GIB, 0, 64 * GIB, List.of(), CPU);
    }

    private static SlotFacts with(SlotFacts slot, Programs programs) {
        return new SlotFacts(
                slot.executor(),
                slot.host(),
                slot.cores(),
                slot.processors(),
                slot.heap(),
                slot.processLimit(),
                slot.machineMemory(),
                slot.gpus(),
                programs);
    }

    private static SlotFacts heap(SlotFacts slot, long heap) {
        return new SlotFacts(
                slot.executor(),
                slot.host(),
                slot.cores(),
                slot.processors(),
                heap,
                slot.processLimit(),
                slot.machineMemory(),
                slot.gpus(),
                slot.programs());
    }
}
