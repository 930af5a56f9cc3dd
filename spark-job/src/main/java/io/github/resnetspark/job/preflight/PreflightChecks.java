package io.github.resnetspark.job.preflight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Holds what a run needs against what the cluster has. Pure. */
final class PreflightChecks {
    private final RunNeeds needs;
    private final ClusterFacts cluster;
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private PreflightChecks(RunNeeds needs, ClusterFacts cluster) {
        this.needs = needs;
        this.cluster = cluster;
    }

    /**
     * Every check.
     *
     * @param modelPlace the model's directory, for messages
     * @param free bytes that are free there; nothing where the file system does not tell
     */
    static Findings of(RunNeeds needs, ClusterFacts cluster, String modelPlace, OptionalLong free) {
        PreflightChecks checks = new PreflightChecks(needs, cluster);
        checks.slots();
        checks.programs();
        checks.heap();
        checks.processMemory();
        checks.containerMemory();
        checks.machineMemory();
        checks.gpus();
        free.ifPresent(bytes -> checks.space(modelPlace, bytes));
        checks.rowGroups();
        checks.processors();
        return new Findings(checks.problems, checks.notes);
    }

    private void slots() {
        if (cluster.slotCount().isEmpty() || cluster.slotCount().getAsInt() >= needs.leastWorkers()) {
            return;
        }
        int slots = cluster.slotCount().getAsInt();
        if (slots == 0) {
            problems.add("Spark offers no task slot after " + cluster.secondsWaited()
                    + " s. Check that its workers run and have the cores and memory that spark.executor.cores and"
                    + " spark.executor.memory ask for, or raise spark.scheduler.maxRegisteredResourcesWaitingTime.");
            return;
        }
        String least = needs.leastWorkers() < needs.workers() ? "min-workers" : "workers";
        problems.add(
                "cluster." + least + " is " + needs.leastWorkers() + " but Spark offers " + counted(slots, "task slot")
                        + " of " + counted(cluster.coresPerTask(), "core") + " on "
                        + counted(cluster.executors().size(), "executor") + ". Set cluster." + least + " = " + slots
                        + ", or ask Spark for more with spark.executor.instances or spark.cores.max.");
    }

    private void programs() {
        Map<String, List<String>> executorsByDifference = new TreeMap<>();
        cluster.executors().forEach((id, slots) -> {
            List<String> differences = slots.get(0).programs().differencesFrom(cluster.driver());
            if (!differences.isEmpty()) {
                executorsByDifference
                        .computeIfAbsent(String.join(", ", differences), key -> new ArrayList<>())
                        .add(id + " on " + slots.get(0).host());
            }
        });
        executorsByDifference.forEach((difference, executors) -> problems.add("Executor " + some(executors) + " runs "
                + difference + " of the driver. Install the same everywhere, and submit one jar with spark-submit"
                + " instead of adding jars to spark.executor.extraClassPath."));
    }

    private void heap() {
        boolean embedded = cluster.manager() == ClusterManager.EMBEDDED;
        int most = mostSlots();
        long ofDriver = needs.driverHeap() + (embedded ? needs.executorHeap(most) : 0);
        if (ofDriver > cluster.driverHeap()) {
            problems.add("The driver's heap is " + Bytes.text(cluster.driverHeap()) + " but the run needs at least "
                    + Bytes.text(ofDriver) + ". Set "
                    + (embedded ? "RESNET_SPARK_HEAP=" : "spark.driver.memory = ") + Bytes.setting(ofDriver * 3 / 2)
                    + ".");
        }
        long heap = least(SlotFacts::heap);
        long ofExecutor = needs.executorHeap(most);
        if (!embedded && most > 0 && ofExecutor > heap) {
            problems.add("An executor's heap is " + Bytes.text(heap) + " but its " + counted(most, "slot")
                    + " need at least " + Bytes.text(ofExecutor) + ". Set spark.executor.memory = "
                    + Bytes.setting(ofExecutor * 3 / 2) + ".");
        }
    }

    /** JavaCPP refuses allocations of a process that has grown beyond its limit, its heap counted in. */
    private void processMemory() {
        for (List<SlotFacts> slots : cluster.executors().values()) {
            SlotFacts slot = slots.get(0);
            long need = slot.heap() + tensors(slots);
            if (slot.processLimit() > 0 && need > slot.processLimit()) {
                problems.add(
                        "JavaCPP lets an executor grow to " + Bytes.text(slot.processLimit()) + " but its heap and "
                                + counted(slots.size(), "slot") + " may need " + Bytes.text(need) + ". Add"
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
        long need = needs.outsideHeap(mostSlots());
        if (mostSlots() > 0 && !onGpu() && need > cluster.overhead()) {
            problems.add("An executor's container has " + Bytes.text(cluster.overhead()) + " outside the heap but "
                    + counted(mostSlots(), "replica") + " with minibatches of " + needs.batchSize() + " need "
                    + Bytes.text(need) + ". Set spark.executor.memoryOverhead = " + Bytes.setting(need) + ".");
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
                problems.add("The executors on " + host + " may need " + Bytes.text(need) + " but it has "
                        + Bytes.text(memory) + ". "
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
            problems.add("A GPU has " + Bytes.text(memory) + " but a replica with minibatches of " + needs.batchSize()
                    + " needs about " + Bytes.text(need) + ". Set train.batch-size-per-worker = "
                    + Math.max(1, needs.replica().largestBatch(memory)) + ".");
        }
    }

    private void space(String place, long free) {
        if (free < needs.disk()) {
            problems.add(place + " has " + Bytes.text(free) + " free but checkpoints and model take "
                    + Bytes.text(needs.disk())
                    + ". Make room there, name another model.dir or set checkpoint.keep = 1.");
        }
    }

    private void rowGroups() {
        if (needs.rowGroups() < needs.workers()) {
            notes.add("The shards have " + counted(needs.rowGroups(), "row group") + " to train on for "
                    + counted(needs.workers(), "worker") + ", so several read the same. Prepare them with"
                    + " prepare.row-group = " + Math.max(1, needs.examples() / needs.workers()) + " to spare that.");
        }
    }

    private void processors() {
        for (List<SlotFacts> slots : cluster.executors().values()) {
            int cores = slots.stream().mapToInt(SlotFacts::cores).sum();
            int processors = slots.get(0).processors();
            if (cores > processors) {
                notes.add("Executor " + slots.get(0).executor() + " on "
                        + slots.get(0).host() + " computes with "
                        + counted(cores, "thread") + " on " + counted(processors, "processor")
                        + ". Set spark.executor.cores = " + processors + " to have each its own.");
                return;
            }
        }
    }

    /** On GPUs the tensors are there, and the same once more is not needed here. */
    private long tensors(List<SlotFacts> slots) {
        return onGpu() ? WorkerMemory.PROCESS : needs.outsideHeap(slots.size());
    }

    private boolean onGpu() {
        return cluster.driver().nd4j().endsWith("GPU");
    }

    private int mostSlots() {
        return cluster.executors().values().stream().mapToInt(List::size).max().orElse(0);
    }

    private long least(java.util.function.ToLongFunction<SlotFacts> value) {
        return cluster.slots().stream().mapToLong(value).min().orElse(0);
    }

    private static String some(List<String> executors) {
        List<String> sorted =
                executors.stream().sorted(Comparator.naturalOrder()).toList();
        return sorted.size() == 1 ? sorted.get(0) : sorted.get(0) + " (and " + (sorted.size() - 1) + " more)";
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
