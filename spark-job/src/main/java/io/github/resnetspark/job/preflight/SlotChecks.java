package io.github.resnetspark.job.preflight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds the task slots that a run needs, and what must be the same in all of them, against what the cluster has. */
final class SlotChecks {
    private final RunNeeds needs;
    private final ClusterFacts cluster;
    private final List<String> problems;
    private final List<String> notes;

    private SlotChecks(RunNeeds needs, ClusterFacts cluster, List<String> problems, List<String> notes) {
        this.needs = needs;
        this.cluster = cluster;
        this.problems = problems;
        this.notes = notes;
    }

    static void check(RunNeeds needs, ClusterFacts cluster, List<String> problems, List<String> notes) {
        SlotChecks checks = new SlotChecks(needs, cluster, problems, notes);
        checks.slots();
        checks.slotLimit();
        checks.programs();
        checks.rowGroups();
        checks.processors();
    }

    private void slotLimit() {
        if (cluster.slotLimit().isPresent() && cluster.slotLimit().getAsInt() < needs.leastWorkers()) {
            int most = cluster.slotLimit().getAsInt();
            problems.add(
                    "cluster." + least() + " is " + needs.leastWorkers() + " but spark.dynamicAllocation.maxExecutors"
                            + " allows no more than " + Amounts.counted(most, "task slot")
                            + ". Raise it, or set cluster." + least()
                            + " = " + most + ".");
        }
    }

    /** The setting with the fewest workers that a round may have. */
    private String least() {
        return needs.leastWorkers() < needs.workers() ? "min-workers" : "workers";
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
        problems.add("cluster." + least() + " is " + needs.leastWorkers() + " but Spark offers "
                + Amounts.counted(slots, "task slot")
                + " of " + Amounts.counted(cluster.coresPerTask(), "core") + " on "
                + Amounts.counted(cluster.executors().size(), "executor") + ". Set cluster." + least() + " = " + slots
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

    private void rowGroups() {
        if (needs.rowGroups() < needs.workers()) {
            notes.add("The shards have " + Amounts.counted(needs.rowGroups(), "row group") + " to train on for "
                    + Amounts.counted(needs.workers(), "worker") + ", so several read the same. Prepare them with"
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
                        + Amounts.counted(cores, "thread") + " on " + Amounts.counted(processors, "processor")
                        + ". Set spark.executor.cores = " + processors + " to have each its own.");
                return;
            }
        }
    }

    private static String some(List<String> executors) {
        List<String> sorted =
                executors.stream().sorted(Comparator.naturalOrder()).toList();
        return sorted.size() == 1 ? sorted.get(0) : sorted.get(0) + " (and " + (sorted.size() - 1) + " more)";
    }
}
