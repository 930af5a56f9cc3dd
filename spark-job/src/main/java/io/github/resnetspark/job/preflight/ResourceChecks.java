package io.github.resnetspark.job.preflight;

import io.github.resnetspark.job.preflight.SlotFacts.Gpu;
import io.github.resnetspark.message.job.PreflightFailures;
import io.github.resnetspark.message.job.PreflightNotices;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Compares the memory that a run needs with what the cluster has: in the Java heap, outside it, on GPUs and on disks. */
final class ResourceChecks {
    /** Files and directories of a run: about a dozen for each checkpoint, its records and its model. */
    private static final int NAMES = 100;

    private final RunNeeds needs;
    private final ClusterFacts cluster;
    private final List<String> problems;
    private final List<String> notes;

    private ResourceChecks(RunNeeds needs, ClusterFacts cluster, List<String> problems, List<String> notes) {
        this.needs = needs;
        this.cluster = cluster;
        this.problems = problems;
        this.notes = notes;
    }

    /**
     * Every check of memory.
     *
     * @param modelPlace the model's directory, for messages
     * @param free the free space there
     */
    static void check(
            RunNeeds needs,
            ClusterFacts cluster,
            String modelPlace,
            FreeSpace free,
            List<String> problems,
            List<String> notes) {
        ResourceChecks checks = new ResourceChecks(needs, cluster, problems, notes);
        checks.heap();
        checks.processMemory();
        checks.containerMemory();
        checks.machineMemory();
        checks.gpus();
        checks.hugePages();
        free.bytes().ifPresent(bytes -> checks.space(modelPlace, bytes));
        free.names().ifPresent(names -> checks.names(modelPlace, names));
    }

    private void heap() {
        boolean embedded = cluster.manager() == ClusterManager.EMBEDDED;
        int most = cluster.mostSlots();
        long ofDriver = needs.driverHeap() + (embedded ? needs.executorHeap(most) : 0);
        if (ofDriver > cluster.driverHeap()) {
            problems.add(PreflightFailures.driverHeap(cluster.driverHeap(), ofDriver, embedded));
        }
        long heap = least(SlotFacts::heap);
        long ofExecutor = needs.executorHeap(most);
        if (!embedded && most > 0 && ofExecutor > heap) {
            problems.add(PreflightFailures.executorHeap(heap, most, ofExecutor));
        }
    }

    /** JavaCPP refuses allocations of a process that has grown beyond its limit, its heap counted in. */
    private void processMemory() {
        for (List<SlotFacts> slots : cluster.executors().values()) {
            SlotFacts slot = slots.get(0);
            long need = slot.heap() + tensors(slots);
            if (slot.processLimit() > 0 && need > slot.processLimit()) {
                problems.add(PreflightFailures.processLimit(
                        slot.processLimit(),
                        slots.size() * needs.replicas(),
                        need,
                        cluster.manager() == ClusterManager.EMBEDDED));
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
            problems.add(PreflightFailures.containerMemory(
                    cluster.overhead(), cluster.mostSlots() * needs.replicas(), needs.batchSize(), need));
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
            // Executors in containers each see their own memory, and were checked above.
            if (need > memory && !cluster.manager().hasContainers()) {
                int batch = needs.replica()
                        .largestBatch((memory - fixedByHost.get(host)) / slotsByHost.get(host) / needs.replicas());
                problems.add(PreflightFailures.machineMemory(host, need, memory, batch));
            }
        });
    }

    /** One machine stands for all others, which are usually the same. */
    private void hugePages() {
        cluster.slots().stream()
                .filter(slot -> !slot.hugePages() && !onGpu())
                .findFirst()
                .ifPresent(slot -> notes.add(PreflightNotices.noHugePages(slot.host())));
    }

    private void gpus() {
        boolean given = cluster.slots().stream().anyMatch(slot -> !slot.gpus().isEmpty());
        if (!onGpu()) {
            if (given) {
                notes.add(PreflightNotices.unusedGpus());
            }
            return;
        }
        if (!given && !cluster.slots().isEmpty()) {
            problems.add(PreflightFailures.noGpus());
            return;
        }
        int fewest = cluster.slots().stream()
                .mapToInt(slot -> slot.gpus().size())
                .min()
                .orElse(needs.replicas());
        if (fewest != needs.replicas()) {
            problems.add(PreflightFailures.otherGpuCount(fewest, needs.replicas()));
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
            problems.add(PreflightFailures.gpuMemory(
                    memory, needs.batchSize(), need, Math.max(1, needs.replica().largestBatch(memory))));
        }
    }

    private void space(String place, long free) {
        if (free < needs.disk()) {
            problems.add(PreflightFailures.diskSpace(place, free, needs.disk()));
        }
    }

    private void names(String place, long free) {
        if (free < NAMES) {
            problems.add(PreflightFailures.fileQuota(place, free, NAMES));
        }
    }

    /** With GPUs the tensors are in their memory, not in the machine's. */
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
