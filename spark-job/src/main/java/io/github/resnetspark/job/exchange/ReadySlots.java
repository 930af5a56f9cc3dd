package io.github.resnetspark.job.exchange;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many slots of each executor are ready to run a worker: because one has run there, or because they were warmed.
 * Decides which ones to warm. Knows executors only by what it is told.
 */
final class ReadySlots {
    private final int wanted;
    private final int reserved;
    private final Map<String, Integer> ready = new HashMap<>();
    private final Set<String> failed = new HashSet<>();
    /** The most workers of a round so far. */
    private int workers;
    /** The executors on which the workers of the last round ran. */
    private Map<String, Integer> working = Map.of();

    /**
     * @param wanted maximum number of spare slots
     * @param reserved slots that the workers of a round may need
     */
    ReadySlots(int wanted, int reserved) {
        this.wanted = wanted;
        this.reserved = reserved;
    }

    /**
     * An executor that Spark has now.
     *
     * @param slots how many tasks it can run at the same time
     */
    record Executor(Placement.Place place, int slots) implements Serializable {
        private String id() {
            return place.executor();
        }
    }

    /** The workers of a round have run on these executors, one entry for each worker. */
    void worked(Collection<String> executors) {
        Map<String, Integer> counts = new HashMap<>();
        executors.forEach(executor -> counts.merge(executor, 1, Integer::sum));
        counts.forEach((executor, count) -> ready.merge(executor, count, Math::max));
        working = counts;
        workers = Math.max(workers, executors.size());
    }

    /** One more slot of this executor is ready. */
    void warmed(String executor) {
        ready.merge(executor, 1, Integer::sum);
    }

    /** This executor cannot be warmed, and is not asked again. */
    void failed(String executor) {
        failed.add(executor);
    }

    /**
     * The slots to warm now: one entry for each slot, executors without any ready slot first. None before the first
     * round, when any slot may get a worker.
     */
    List<Executor> missing(List<Executor> executors) {
        List<Executor> missing = new ArrayList<>();
        List<Executor> candidates = executors.stream()
                .filter(executor -> !failed.contains(executor.id()))
                .sorted(Comparator.comparingInt(this::readyOn))
                .toList();
        long left = workers == 0 ? 0 : (long) reserved + wanted - sum(executors);
        boolean found = true;
        for (int turn = 0; found && left > 0; turn++) {
            found = false;
            for (Executor executor : candidates) {
                if (left > 0 && readyOn(executor) + turn < usefulOn(executor)) {
                    missing.add(executor);
                    left--;
                    found = true;
                }
            }
        }
        return missing;
    }

    /** Number of slots that are ready beyond those that the workers may need. */
    int spares(List<Executor> executors) {
        return Math.max(0, sum(executors) - reserved);
    }

    /** The machines of the executors that have a ready slot without a worker. */
    List<String> spareHosts(List<Executor> executors) {
        return executors.stream()
                .filter(executor -> readyOn(executor) > working.getOrDefault(executor.id(), 0))
                .map(executor -> executor.place().host())
                .distinct()
                .toList();
    }

    private int sum(List<Executor> executors) {
        return executors.stream().mapToInt(this::readyOn).sum();
    }

    private int readyOn(Executor executor) {
        return Math.min(ready.getOrDefault(executor.id(), 0), usefulOn(executor));
    }

    private int usefulOn(Executor executor) {
        return Spares.usefulSlots(executor.slots(), workers);
    }
}
