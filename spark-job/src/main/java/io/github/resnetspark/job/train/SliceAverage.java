package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.Contribution;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.job.averaging.WeightedAverage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One slice of the averaged vector, and what came with its parts.
 *
 * @param slice its index
 * @param values the weighted mean of the workers' values
 * @param participants one per worker, in worker order; only in one slice
 * @param diverged workers whose values are not all finite numbers
 */
record SliceAverage(int slice, RawFloats values, List<Participant> participants, List<Integer> diverged) {
    /** The slice that comes with the participants; with all of them they would be as many as workers times slices. */
    static final int WITH_PARTICIPANTS = 0;

    /**
     * One worker's part of a slice.
     *
     * @param participant the worker; null except in one slice
     */
    record Part(Contribution contribution, Participant participant) implements Serializable {}

    /** What the driver needs of it at once: all but the values. */
    record Summary(List<Participant> participants, List<Integer> diverged) implements Serializable {}

    Summary summary() {
        return new Summary(participants, diverged);
    }

    /** Averages the parts of one slice; the order in which they arrived does not matter. */
    static SliceAverage of(int slice, List<Part> parts) {
        WeightedAverage average =
                WeightedAverage.of(parts.stream().map(Part::contribution).toList());
        // Lists that Java's serialization knows in every release.
        List<Participant> participants = new ArrayList<>();
        List<Integer> diverged = new ArrayList<>();
        parts.stream()
                .filter(part -> part.participant() != null)
                .sorted(Comparator.comparingInt(part -> part.contribution().worker()))
                .forEach(part -> participants.add(part.participant()));
        if (!average.isFinite()) {
            // What is not finite in one worker is not finite in the average, so only now it is worth a look.
            parts.stream()
                    .map(Part::contribution)
                    .filter(contribution -> !contribution.values().isFinite())
                    .forEach(contribution -> diverged.add(contribution.worker()));
        }
        return new SliceAverage(slice, average.values(), participants, diverged);
    }
}
