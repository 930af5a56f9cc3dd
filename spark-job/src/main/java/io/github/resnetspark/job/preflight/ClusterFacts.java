package io.github.resnetspark.job.preflight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What Spark provides for a run.
 *
 * @param manager which kind of cluster it is
 * @param driver the programs of the driver
 * @param driverHeap maximum size of the driver's Java heap
 * @param slotCount task slots of all executors; empty with dynamic allocation
 * @param slotLimit maximum number of task slots with dynamic allocation; empty if there is no limit
 * @param secondsWaited how long Spark was given to register executors
 * @param coresPerTask {@code spark.task.cpus}
 * @param overhead memory of an executor's container outside its heap; 0 without containers
 * @param slots the task slots that answered, in the order of their executors
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

    /** The slots of each executor, in the order of first appearance. */
    Map<String, List<SlotFacts>> executors() {
        Map<String, List<SlotFacts>> executors = new LinkedHashMap<>();
        slots.forEach(slot -> executors
                .computeIfAbsent(slot.executor(), id -> new ArrayList<>())
                .add(slot));
        return executors;
    }

    /** The largest number of slots of one executor. */
    int mostSlots() {
        return executors().values().stream().mapToInt(List::size).max().orElse(0);
    }
}
