package io.github.resnetspark.job.preflight;

import java.util.ArrayList;
import java.util.List;

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
