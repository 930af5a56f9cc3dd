package io.github.resnetspark.job.preflight;

import java.util.ArrayList;
import java.util.List;

/** Compares the needs of a run with the cluster. Pure. */
final class PreflightChecks {
    private PreflightChecks() {}

    /**
     * Runs every check.
     *
     * @param modelPlace the model's directory, for messages
     * @param free the free space there
     */
    static Findings of(RunNeeds needs, ClusterFacts cluster, String modelPlace, FreeSpace free) {
        List<String> problems = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        SlotChecks.check(needs, cluster, problems, notes);
        ResourceChecks.check(needs, cluster, modelPlace, free, problems, notes);
        return new Findings(problems, notes);
    }

    /**
     * The findings of a preflight check.
     *
     * @param problems why the run cannot start, each with what to change
     * @param notes warnings about what costs time or makes the model worse
     */
    record Findings(List<String> problems, List<String> notes) {
        Findings {
            problems = List.copyOf(problems);
            notes = List.copyOf(notes);
        }

        /** These findings with more notes. */
        Findings withNotes(List<String> more) {
            List<String> all = new ArrayList<>(notes);
            all.addAll(more);
            return new Findings(problems, all);
        }
    }
}
