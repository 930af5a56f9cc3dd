package io.github.resnetspark.job.preflight;

import io.github.resnetspark.job.exchange.Spares;
import io.github.resnetspark.job.preflight.PreflightChecks.Findings;
import io.github.resnetspark.job.preflight.SlotFacts.Gpu;
import io.github.resnetspark.text.Amounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The needs of a run, the facts about the cluster, and the findings.
 *
 * @param needs of the run
 * @param cluster facts about it
 * @param findings from comparing both
 */
public record PreflightReport(RunNeeds needs, ClusterFacts cluster, Findings findings) {

    /** Why the run cannot start, each with the setting to change; empty if it can. */
    public List<String> problems() {
        return findings.problems();
    }

    /** Warnings, which do not prevent the run. */
    public List<String> notes() {
        return findings.notes();
    }

    /** What the executors have, one line for all that have the same, what a replica needs, and spare slots if any. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        Map<String, List<String>> executorsByFacts = new TreeMap<>();
        cluster.executors().forEach((id, slots) -> executorsByFacts
                .computeIfAbsent(text(slots), facts -> new ArrayList<>())
                .add(id + " on " + slots.get(0).host()));
        executorsByFacts.forEach(
                (facts, executors) -> lines.add("executor " + String.join(", ", executors) + ": " + facts));
        lines.add("a replica with minibatches of " + needs.batchSize() + " needs about "
                + Amounts.text(needs.replica().with(needs.batchSize())) + " outside the heap");
        if (spares() > 0) {
            lines.add(Amounts.counted(spares(), "spare slot is", "spare slots are")
                    + " kept warm for the work of lost executors");
        }
        return lines;
    }

    /**
     * The slots without a worker that are kept warm. If there are any, every round has the largest number of workers.
     * With dynamic allocation, there are no more slots than needed.
     */
    private int spares() {
        int useful = cluster.slotCount().isEmpty()
                ? 0
                : cluster.executors().values().stream()
                        .mapToInt(slots -> Spares.usefulSlots(slots.size(), needs.mostWorkers()))
                        .sum();
        return Math.max(0, Math.min(useful - needs.mostWorkers(), needs.spares()));
    }

    private static String text(List<SlotFacts> slots) {
        SlotFacts first = slots.get(0);
        String gpus = slots.stream()
                .flatMap(slot -> slot.gpus().stream())
                .map(Gpu::address)
                .collect(Collectors.joining(", "));
        return slots.size() + (slots.size() == 1 ? " slot × " : " slots × ") + first.cores()
                + (first.cores() == 1 ? " core" : " cores") + ", heap " + Amounts.text(first.heap()) + ", machine "
                + Amounts.text(first.machineMemory()) + (gpus.isEmpty() ? "" : ", GPU " + gpus);
    }

    /** One object for scripts. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("workers", needs.workers());
        map.put("replicasPerWorker", needs.replicas());
        map.put("slots", cluster.slotCount().isPresent() ? cluster.slotCount().getAsInt() : null);
        map.put("spareSlots", spares());
        map.put("coresPerSlot", cluster.coresPerTask());
        map.put("replicaBytes", needs.replica().with(needs.batchSize()));
        map.put("executorBytesOutsideHeap", needs.outsideHeap(cluster.mostSlots()));
        map.put("diskBytes", needs.disk());
        map.put(
                "executors",
                cluster.executors().values().stream().map(PreflightReport::map).toList());
        map.put("notes", notes());
        return map;
    }

    private static Map<String, Object> map(List<SlotFacts> slots) {
        SlotFacts first = slots.get(0);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("executor", first.executor());
        map.put("host", first.host());
        map.put("slots", slots.size());
        map.put("processors", first.processors());
        map.put("heapBytes", first.heap());
        map.put("machineBytes", first.machineMemory());
        map.put("programs", first.programs());
        map.put(
                "gpuOfEachSlot",
                slots.stream()
                        .flatMap(slot -> slot.gpus().stream())
                        .map(Gpu::address)
                        .toList());
        return map;
    }
}
