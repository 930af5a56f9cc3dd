package io.github.resnetspark.job.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.preflight.PreflightChecks.Findings;
import io.github.resnetspark.job.preflight.SlotFacts.Gpu;
import io.github.resnetspark.message.job.PreflightFailures;
import io.github.resnetspark.message.job.PreflightNotices;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PreflightChecksTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final Programs CPU = new Programs("0.1.0", "17", "3.5.9", "resnet-spark.jar on the CPU");
    private static final Programs GPU = new Programs("0.1.0", "17", "3.5.9", "resnet-spark.jar on the GPU");

    /** 300 MiB of parameters, gradients and momentum, and 200 MiB per picture. */
    private static final WorkerMemory REPLICA = new WorkerMemory(100 * MIB, 100 * MIB, 100 * MIB, 200 * MIB);

    private static final RunNeeds NEEDS =
            new RunNeeds(2, 2, 2, 0, 1, 8, REPLICA, 200 * MIB, 100 * MIB, 40, 10_000, 3 * GIB);

    @Test
    void findsNothingIfTheClusterHasEverything() {
        assertThat(of(NEEDS, standalone(slot("0", "a"), slot("1", "b")))).isEqualTo(new Findings(List.of(), List.of()));
    }

    @Test
    void reportsTooFewSlotsAndHowManyThereAre() {
        assertThat(of(NEEDS, standalone(slot("0", "a"))).problems())
                .containsExactly(PreflightFailures.tooFewSlots(2, 2, 1, 4, 1));
    }

    @Test
    void acceptsFewerSlotsDownToMinWorkers() {
        RunNeeds elastic = new RunNeeds(4, 2, 4, 0, 1, 8, REPLICA, 200 * MIB, 100 * MIB, 40, 10_000, 3 * GIB);

        assertThat(of(elastic, standalone(slot("0", "a"), slot("1", "b"))).problems())
                .isEmpty();
        assertThat(of(elastic, standalone(slot("0", "a"))).problems())
                .containsExactly(PreflightFailures.tooFewSlots(4, 2, 1, 4, 1));
    }

    @Test
    void reportsThatNoExecutorRegistered() {
        assertThat(of(NEEDS, standalone()).problems()).containsExactly(PreflightFailures.noSlots(30));
    }

    @Test
    void doesNotCountSlotsWithDynamicAllocation() {
        ClusterFacts cluster = unlimited(
                ClusterManager.STANDALONE, CPU, 2 * GIB, OptionalInt.empty(), 0, 4, 0, List.of(slot("0", "a")));

        assertThat(of(NEEDS, cluster).problems()).isEmpty();
    }

    @Test
    void countsTheSlotsThatDynamicAllocationMayAdd() {
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

        assertThat(of(NEEDS, cluster).problems()).containsExactly(PreflightFailures.slotLimit(2, 2, 1));
    }

    @Test
    void reportsOtherProgramsAndTheirExecutors() {
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
                        PreflightFailures.otherPrograms(List.of("3 on d"), "Spark 3.5.1 instead of 3.5.9"),
                        PreflightFailures.otherPrograms(
                                List.of("1 on b", "2 on c"),
                                "resnet-spark 0.0.9 instead of 0.1.0, Java 11 instead of 17, Spark 3.5.1 instead of 3.5.9,"
                                        + " ND4J nd4j-api-1.0.0-M2.jar on the CPU instead of resnet-spark.jar on the CPU"));
    }

    @Test
    void reportsHeapsThatAreTooSmall() {
        ClusterFacts cluster = unlimited(
                ClusterManager.STANDALONE,
                CPU,
                500 * MIB,
                OptionalInt.of(2),
                0,
                4,
                0,
                List.of(heap(slot("0", "a"), 900 * MIB), heap(slot("0", "a"), 900 * MIB)));

        // An executor: two averages of 200 MiB, and in both slots 200 to reduce and 100 of pictures. The proposal is
        // 1.5 times as much.
        assertThat(of(NEEDS, cluster).problems())
                .containsExactly(
                        PreflightFailures.driverHeap(500 * MIB, 1000 * MIB, false),
                        PreflightFailures.executorHeap(900 * MIB, 2, 1000 * MIB));
    }

    @Test
    void anEmbeddedSparkHasOneHeapForDriverAndExecutors() {
        ClusterFacts cluster = unlimited(
                ClusterManager.EMBEDDED,
                CPU,
                GIB,
                OptionalInt.of(2),
                0,
                4,
                0,
                List.of(slot("driver", "a"), slot("driver", "a")));

        assertThat(of(NEEDS, cluster).problems()).containsExactly(PreflightFailures.driverHeap(GIB, 2 * GIB, true));
    }

    @Test
    void reportsALimitOfJavaCppThatTensorsWouldExceed() {
        SlotFacts limited = new SlotFacts("0", "a", 4, 8, 2 * GIB, 3 * GIB, 64 * GIB, List.of(), CPU, true);

        assertThat(of(NEEDS, standalone(limited, slot("1", "b"))).problems())
                .containsExactly(PreflightFailures.processLimit(3 * GIB, 1, 4200 * MIB, false));
    }

    @Test
    void reportsAContainerThatIsTooSmallForTheTensors() {
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
                .containsExactly(PreflightFailures.containerMemory(384 * MIB, 2, 8, 4100 * MIB));
    }

    @Test
    void reportsAMachineThatIsTooSmallForItsExecutors() {
        SlotFacts first = new SlotFacts("0", "a", 4, 8, GIB, 0, 6 * GIB, List.of(), CPU, true);
        SlotFacts second = new SlotFacts("1", "a", 4, 8, GIB, 0, 6 * GIB, List.of(), CPU, true);

        // Of 6 GiB the heaps take 2 and the processes 0.6: 1748 MiB for each replica, 300 of them fixed.
        assertThat(of(NEEDS, standalone(first, second)).problems())
                .containsExactly(PreflightFailures.machineMemory("a", 6448 * MIB, 6 * GIB, 7));
    }

    @Test
    void reportsAGpuThatIsTooSmall() {
        assertThat(of(NEEDS, gpus(new Gpu("0", GIB), new Gpu("1", 40 * GIB))).problems())
                .containsExactly(PreflightFailures.gpuMemory(GIB, 8, 1900 * MIB, 3));
    }

    @Test
    void reportsThatSparkAssignsNoGpus() {
        assertThat(of(NEEDS, gpus(null, null)).problems()).containsExactly(PreflightFailures.noGpus());
    }

    @Test
    void reportsATaskWithFewerCoresThanReplicas() {
        RunNeeds eight = new RunNeeds(2, 2, 2, 0, 8, 8, REPLICA, 200 * MIB, 10 * MIB, 40, 10_000, 3 * GIB);

        assertThat(of(eight, standalone(slot("0", "a"), slot("1", "b"))).problems())
                .containsExactly(PreflightFailures.tooFewCores(4, 8));
    }

    @Test
    void everyReplicaOfAWorkerNeedsMemoryAndAGpu() {
        RunNeeds one = new RunNeeds(2, 2, 2, 0, 1, 8, REPLICA, 200 * MIB, 100 * MIB, 40, 10_000, 3 * GIB);
        RunNeeds four = new RunNeeds(2, 2, 2, 0, 4, 8, REPLICA, 200 * MIB, 100 * MIB, 40, 10_000, 3 * GIB);

        assertThat(four.outsideHeap(1) - one.outsideHeap(1))
                .as("three networks")
                .isEqualTo(3 * 1900 * MIB);
        assertThat(four.executorHeap(1) - one.executorHeap(1))
                .as("pictures of three networks")
                .isEqualTo(300 * MIB);
        assertThat(of(four, gpus(new Gpu("0", 40 * GIB), new Gpu("1", 40 * GIB)))
                        .problems())
                .containsExactly(PreflightFailures.otherGpuCount(1, 4));
    }

    @Test
    void warnsOfUnusedGpus() {
        SlotFacts slot = new SlotFacts("0", "a", 4, 8, 2 * GIB, 0, 64 * GIB, List.of(new Gpu("0", 0)), CPU, true);

        assertThat(of(NEEDS, standalone(slot, slot)))
                .isEqualTo(new Findings(List.of(), List.of(PreflightNotices.unusedGpus())));
    }

    @Test
    void warnsOnceOfMachinesWithoutHugePages() {
        SlotFacts first = new SlotFacts("0", "a", 4, 8, 2 * GIB, 0, 64 * GIB, List.of(), CPU, false);
        SlotFacts second = new SlotFacts("1", "b", 4, 8, 2 * GIB, 0, 64 * GIB, List.of(), CPU, false);

        assertThat(of(NEEDS, standalone(first, second)))
                .isEqualTo(new Findings(List.of(), List.of(PreflightNotices.noHugePages("a"))));
    }

    @Test
    void reportsADiskThatIsTooFull() {
        assertThat(PreflightChecks.of(
                                NEEDS,
                                standalone(slot("0", "a"), slot("1", "b")),
                                "hdfs://namenode/models/r50",
                                new FreeSpace(OptionalLong.of(GIB), OptionalLong.of(3)))
                        .problems())
                .containsExactly(
                        PreflightFailures.diskSpace("hdfs://namenode/models/r50", GIB, 3 * GIB),
                        PreflightFailures.fileQuota("hdfs://namenode/models/r50", 3, 100));
    }

    @Test
    void warnsOfWhatOnlyCostsTime() {
        RunNeeds few = new RunNeeds(2, 2, 2, 0, 1, 8, REPLICA, 200 * MIB, 100 * MIB, 1, 240, 3 * GIB);
        SlotFacts busy = new SlotFacts("0", "a", 4, 2, 2 * GIB, 0, 64 * GIB, List.of(), CPU, true);

        assertThat(of(few, standalone(busy, slot("1", "b"))))
                .isEqualTo(new Findings(
                        List.of(),
                        List.of(
                                PreflightNotices.fewRowGroups(1, 2, 120),
                                PreflightNotices.moreThreadsThanProcessors("0", "a", 4, 2))));
    }

    @Test
    void reportsAllProblemsAtOnce() {
        RunNeeds greedy = new RunNeeds(3, 3, 3, 0, 1, 8, REPLICA, 9 * GIB, 100 * MIB, 40, 10_000, 3 * GIB);

        assertThat(of(greedy, standalone(slot("0", "a"), with(slot("1", "b"), GPU)))
                        .problems())
                .hasSize(4)
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("cluster.workers is 3"),
                        problem -> assertThat(problem)
                                .startsWith("Executor 1 on b runs other programs than the driver: ND4J"),
                        problem -> assertThat(problem).startsWith("The driver's heap"),
                        problem -> assertThat(problem).startsWith("An executor's heap"));
    }

    @Test
    void listsWhatEachExecutorHas() {
        ClusterFacts cluster = standalone(
                slot("0", "a"),
                slot("1", "b"),
                new SlotFacts("2", "c", 4, 8, 2 * GIB, 0, 64 * GIB, List.of(new Gpu("0", 0)), CPU, true),
                new SlotFacts("2", "c", 4, 8, 2 * GIB, 0, 64 * GIB, List.of(new Gpu("1", 0)), CPU, true));

        assertThat(new PreflightReport(NEEDS, cluster, of(NEEDS, cluster)).lines())
                .containsExactly(
                        "executor 0 on a, 1 on b: 1 slot × 4 cores, heap 2.0 GiB, machine 64.0 GiB",
                        "executor 2 on c: 2 slots × 4 cores, heap 2.0 GiB, machine 64.0 GiB, GPU 0, 1",
                        "a replica with minibatches of 8 needs about 1.9 GiB outside the heap");
    }

    @Test
    void saysHowManySlotsAreKeptWarm() {
        RunNeeds all =
                new RunNeeds(2, 1, 3, Integer.MAX_VALUE, 1, 8, REPLICA, 200 * MIB, 100 * MIB, 40, 10_000, 3 * GIB);
        RunNeeds one = new RunNeeds(2, 1, 3, 1, 1, 8, REPLICA, 200 * MIB, 100 * MIB, 40, 10_000, 3 * GIB);
        ClusterFacts three = standalone(slot("0", "a"), slot("1", "b"), slot("2", "c"));
        ClusterFacts five = standalone(slot("0", "a"), slot("1", "b"), slot("2", "c"), slot("3", "d"), slot("4", "e"));
        ClusterFacts together =
                standalone(slot("0", "a"), slot("0", "a"), slot("0", "a"), slot("0", "a"), slot("0", "a"));

        assertThat(lastLine(all, three)).startsWith("a replica");
        assertThat(lastLine(all, together)).startsWith("a replica");
        assertThat(lastLine(all, five)).isEqualTo("2 spare slots are kept warm for the work of lost executors");
        assertThat(lastLine(one, five)).isEqualTo("1 spare slot is kept warm for the work of lost executors");
        assertThat(new PreflightReport(one, five, of(one, five)).toMap()).containsEntry("spareSlots", 1);
        // Three of the four slots of one executor may get a worker or be a spare.
        assertThat(lastLine(
                        all,
                        standalone(slot("0", "a"), slot("1", "b"), slot("1", "b"), slot("1", "b"), slot("1", "b"))))
                .isEqualTo("1 spare slot is kept warm for the work of lost executors");
    }

    private static String lastLine(RunNeeds needs, ClusterFacts cluster) {
        List<String> lines = new PreflightReport(needs, cluster, of(needs, cluster)).lines();
        return lines.get(lines.size() - 1);
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
            slots.add(new SlotFacts("0", "a", 4, 8, 2 * GIB, 0, 64 * GIB, given, GPU, true));
        }
        return unlimited(ClusterManager.STANDALONE, GPU, 2 * GIB, OptionalInt.of(2), 0, 4, 0, slots);
    }

    private static SlotFacts slot(String executor, String host) {
        return new SlotFacts(executor, host, 4, 8, 2 * GIB, 0, 64 * GIB, List.of(), CPU, true);
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
                programs,
                true);
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
                slot.programs(),
                true);
    }
}
