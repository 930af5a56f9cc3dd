package io.github.resnetspark.job.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Holds what a run needs against what the cluster has. Pure. */
final class PreflightChecks {
    private PreflightChecks() {}

    /**
     * Every check.
     *
     * @param modelPlace the model's directory, for messages
     * @param free bytes that are free there; nothing where the file system does not tell
     */
    static Findings of(RunNeeds needs, ClusterFacts cluster, String modelPlace, OptionalLong free) {
        List<String> problems = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        SlotChecks.check(needs, cluster, problems, notes);
        MemoryChecks.check(needs, cluster, modelPlace, free, problems, notes);
        return new Findings(problems, notes);
    }
}
