package io.github.resnetspark.job.preflight;

import io.github.resnetspark.message.job.PreflightFailures;
import io.github.resnetspark.message.job.PreflightNotices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares the task slots that a run needs with those of the cluster, and checks what must be the same in all of them. */
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
        checks.cores();
        checks.programs();
        checks.rowGroups();
        checks.processors();
    }

    private void slotLimit() {
        if (cluster.slotLimit().isPresent() && cluster.slotLimit().getAsInt() < needs.leastWorkers()) {
            problems.add(PreflightFailures.slotLimit(
                    needs.workers(), needs.leastWorkers(), cluster.slotLimit().getAsInt()));
        }
    }

    private void slots() {
        if (cluster.slotCount().isEmpty() || cluster.slotCount().getAsInt() >= needs.leastWorkers()) {
            return;
        }
        int slots = cluster.slotCount().getAsInt();
        problems.add(
                slots == 0
                        ? PreflightFailures.noSlots(cluster.secondsWaited())
                        : PreflightFailures.tooFewSlots(
                                needs.workers(),
                                needs.leastWorkers(),
                                slots,
                                cluster.coresPerTask(),
                                cluster.executors().size()));
    }

    /** With fewer cores than replicas, the replicas would compete for them. */
    private void cores() {
        if (cluster.coresPerTask() < needs.replicas() && !cluster.slots().isEmpty()) {
            problems.add(PreflightFailures.tooFewCores(cluster.coresPerTask(), needs.replicas()));
        }
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
        executorsByDifference.forEach((difference, executors) -> problems.add(PreflightFailures.otherPrograms(
                executors.stream().sorted(Comparator.naturalOrder()).toList(), difference)));
    }

    private void rowGroups() {
        int replicas = needs.workers() * needs.replicas();
        if (needs.rowGroups() < replicas) {
            notes.add(PreflightNotices.fewRowGroups(
                    needs.rowGroups(), replicas, Math.max(1, needs.examples() / replicas)));
        }
    }

    private void processors() {
        for (List<SlotFacts> slots : cluster.executors().values()) {
            int cores = slots.stream().mapToInt(SlotFacts::cores).sum();
            SlotFacts first = slots.get(0);
            if (cores > first.processors()) {
                notes.add(PreflightNotices.moreThreadsThanProcessors(
                        first.executor(), first.host(), cores, first.processors()));
                return;
            }
        }
    }
}
