package io.github.resnetspark.job.preflight;

import java.util.ArrayList;
import java.util.List;

/** Holds what a run needs against what the cluster has. Pure. */
final class PreflightChecks {
    private PreflightChecks() {}

    /**
     * Every check.
     *
     * @param modelPlace the model's directory, for messages
     * @param free what is free there
     */
    static Findings of(RunNeeds needs, ClusterFacts cluster, String modelPlace, FreeSpace free) {
        List<String> problems = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        SlotChecks.check(needs, cluster, problems, notes);
        MemoryChecks.check(needs, cluster, modelPlace, free, problems, notes);
        return new Findings(problems, notes);
    }

    /**
     * What a preflight has found.
     *
     * @param problems why the run cannot start, each with what to change
     * @param notes what only costs time, or makes a worse model than was meant
     */
    record Findings(List<String> problems, List<String> notes) {
        Findings {
            problems = List.copyOf(problems);
            notes = List.copyOf(notes);
        }

        /** These, and more notes. */
        Findings withNotes(List<String> more) {
            List<String> all = new ArrayList<>(notes);
            all.addAll(more);
            return new Findings(problems, all);
        }
    }
}
