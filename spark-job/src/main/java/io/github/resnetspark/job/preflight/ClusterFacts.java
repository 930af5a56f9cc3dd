package io.github.resnetspark.job.preflight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What Spark has for a run.
 *
 * @param manager which kind of cluster it is
 * @param driver what the driver runs
 * @param driverHeap the most that the driver's Java heap may grow to
 * @param slotCount task slots of all executors; nothing where executors come and go with the work
 * @param slotLimit the most task slots that Spark may ask for where they do; nothing where there is no limit
 * @param secondsWaited for executors to register
 * @param coresPerTask {@code spark.task.cpus}
 * @param overhead what an executor's container has outside its heap; 0 where there is no container
 * @param slots one per task slot that answered, in the order of their executors
 */
record ClusterFacts(
        ClusterManager manager,
        Programs driver,
        long driverHeap,
        OptionalInt slotCount,
        OptionalInt slotLimit,
        long secondsWaited,
        int coresPerTask,
        long overhead,
        List<SlotFacts> slots) {
    ClusterFacts {
        slots = List.copyOf(slots);
    }

    /** The slots by executor, in the order of first appearance. */
    Map<String, List<SlotFacts>> executors() {
        Map<String, List<SlotFacts>> executors = new LinkedHashMap<>();
        slots.forEach(slot -> executors
                .computeIfAbsent(slot.executor(), id -> new ArrayList<>())
                .add(slot));
        return executors;
    }

    /** How many slots the executor with the most of them has. */
    int mostSlots() {
        return executors().values().stream().mapToInt(List::size).max().orElse(0);
    }
}
