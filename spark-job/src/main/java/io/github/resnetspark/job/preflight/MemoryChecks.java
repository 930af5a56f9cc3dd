package io.github.resnetspark.job.preflight;

import io.github.resnetspark.job.preflight.SlotFacts.Gpu;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Holds the memory that a run needs, in the Java heap and outside it, on GPUs and disks, against what the cluster has. */
final class MemoryChecks {
    /** Files and directories of a run: those of its checkpoints, about a dozen each, its records and its model. */
    private static final int NAMES = 100;

    private final RunNeeds needs;
    private final ClusterFacts cluster;
    private final List<String> problems;
    private final List<String> notes;

    private MemoryChecks(RunNeeds needs, ClusterFacts cluster, List<String> problems, List<String> notes) {
        this.needs = needs;
        this.cluster = cluster;
        this.problems = problems;
        this.notes = notes;
    }

    /**
     * Every check of memory.
     *
     * @param modelPlace the model's directory, for messages
     * @param free what is free there
     */
    static void check(
            RunNeeds needs,
            ClusterFacts cluster,
            String modelPlace,
            FreeSpace free,
            List<String> problems,
            List<String> notes) {
        MemoryChecks checks = new MemoryChecks(needs, cluster, problems, notes);
        checks.heap();
        checks.processMemory();
        checks.containerMemory();
        checks.machineMemory();
        checks.gpus();
        free.bytes().ifPresent(bytes -> checks.space(modelPlace, bytes));
        free.names().ifPresent(names -> checks.names(modelPlace, names));
    }

    private void heap() {
        boolean embedded = cluster.manager() == ClusterManager.EMBEDDED;
        int most = cluster.mostSlots();
        long ofDriver = needs.driverHeap() + (embedded ? needs.executorHeap(most) : 0);
        if (ofDriver > cluster.driverHeap()) {
            problems.add("The driver's heap is " + Amounts.text(cluster.driverHeap()) + " but the run needs at least "
                    + Amounts.text(ofDriver) + ". Set "
                    + (embedded ? "RESNET_SPARK_HEAP=" : "spark.driver.memory = ") + Amounts.setting(ofDriver * 3 / 2)
                    + ".");
        }
        long heap = least(SlotFacts::heap);
        long ofExecutor = needs.executorHeap(most);
        if (!embedded && most > 0 && ofExecutor > heap) {
            problems.add("An executor's heap is " + Amounts.text(heap) + " but its " + Amounts.counted(most, "slot")
                    + " need at least " + Amounts.text(ofExecutor) + ". Set spark.executor.memory = "
                    + Amounts.setting(ofExecutor * 3 / 2) + ".");
        }
    }

    /** JavaCPP refuses allocations of a process that has grown beyond its limit, its heap counted in. */
    private void processMemory() {
        for (List<SlotFacts> slots : cluster.executors().values()) {
            SlotFacts slot = slots.get(0);
            long need = slot.heap() + tensors(slots);
            if (slot.processLimit() > 0 && need > slot.processLimit()) {
                problems.add(
                        "JavaCPP lets an executor grow to " + Amounts.text(slot.processLimit()) + " but its heap and "
                                + Amounts.counted(slots.size(), "slot") + " may need " + Amounts.text(need) + ". Add"
                                + " -Dorg.bytedeco.javacpp.maxphysicalbytes=0 to "
                                + (cluster.manager() == ClusterManager.EMBEDDED
                                        ? "RESNET_SPARK_JAVA_OPTS."
                                        : "spark.executor.extraJavaOptions."));
                return;
            }
        }
    }

    private void containerMemory() {
        if (!cluster.manager().hasContainers()) {
            return;
        }
        long need = needs.outsideHeap(cluster.mostSlots());
        if (cluster.mostSlots() > 0 && !onGpu() && need > cluster.overhead()) {
            problems.add("An executor's container has " + Amounts.text(cluster.overhead()) + " outside the heap but "
                    + Amounts.counted(cluster.mostSlots(), "replica") + " with minibatches of " + needs.batchSize()
                    + " need "
                    + Amounts.text(need) + ". Set spark.executor.memoryOverhead = " + Amounts.setting(need) + ".");
        }
    }

    private void machineMemory() {
        Map<String, Long> needByHost = new TreeMap<>();
        Map<String, Long> memoryByHost = new HashMap<>();
        Map<String, Integer> slotsByHost = new HashMap<>();
        Map<String, Long> fixedByHost = new HashMap<>();
        for (List<SlotFacts> slots : cluster.executors().values()) {
            SlotFacts slot = slots.get(0);
            needByHost.merge(slot.host(), slot.heap() + tensors(slots), Long::sum);
            fixedByHost.merge(slot.host(), slot.heap() + WorkerMemory.PROCESS, Long::sum);
            memoryByHost.put(slot.host(), slot.machineMemory());
            slotsByHost.merge(slot.host(), slots.size(), Integer::sum);
        }
        needByHost.forEach((host, need) -> {
            long memory = memoryByHost.get(host);
            // Executors in containers see their own memory each, and were judged above.
            if (need > memory && !cluster.manager().hasContainers()) {
                int batch = needs.replica().largestBatch((memory - fixedByHost.get(host)) / slotsByHost.get(host));
                problems.add("The executors on " + host + " may need " + Amounts.text(need) + " but it has "
                        + Amounts.text(memory) + ". "
                        + (batch > 0
                                ? "Set train.batch-size-per-worker = " + batch + ", or give it fewer slots."
                                : "Lower spark.executor.memory, or give it fewer slots."));
            }
        });
    }

    private void gpus() {
        boolean given = cluster.slots().stream().anyMatch(slot -> !slot.gpus().isEmpty());
        if (!onGpu()) {
            if (given) {
                notes.add(
                        "Spark gives each task a GPU but this jar computes on the CPU. Build it with mvn -Pcuda to use"
                                + " them.");
            }
            return;
        }
        if (!given && !cluster.slots().isEmpty()) {
            problems.add("ND4J computes on GPUs but Spark gives the tasks none. Set spark.task.resource.gpu.amount = 1"
                    + " and what else conf/spark/gpu.conf has.");
            return;
        }
        long memory = cluster.slots().stream()
                .flatMap(slot -> slot.gpus().stream())
                .mapToLong(Gpu::memory)
                .filter(bytes -> bytes > 0)
                .min()
                .orElse(Long.MAX_VALUE);
        long need = needs.replica().with(needs.batchSize());
        if (need > memory) {
            problems.add("A GPU has " + Amounts.text(memory) + " but a replica with minibatches of " + needs.batchSize()
                    + " needs about " + Amounts.text(need) + ". Set train.batch-size-per-worker = "
                    + Math.max(1, needs.replica().largestBatch(memory)) + ".");
        }
    }

    private void space(String place, long free) {
        if (free < needs.disk()) {
            problems.add(place + " has " + Amounts.text(free) + " free but checkpoints and model take "
                    + Amounts.text(needs.disk())
                    + ". Make room there, name another model.dir or set checkpoint.keep = 1.");
        }
    }

    private void names(String place, long free) {
        if (free < NAMES) {
            problems.add("A quota lets " + place + " have " + Amounts.counted(free, "more file")
                    + " but checkpoints and model may be up to " + NAMES
                    + ". Raise the quota of names, or name another model.dir.");
        }
    }

    /** On GPUs the tensors are there, and the same once more is not needed here. */
    private long tensors(List<SlotFacts> slots) {
        return onGpu() ? WorkerMemory.PROCESS : needs.outsideHeap(slots.size());
    }

    private boolean onGpu() {
        return cluster.driver().nd4j().endsWith("GPU");
    }

    private long least(ToLongFunction<SlotFacts> value) {
        return cluster.slots().stream().mapToLong(value).min().orElse(0);
    }
}
