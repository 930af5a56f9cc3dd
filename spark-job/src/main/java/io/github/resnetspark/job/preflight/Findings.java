package io.github.resnetspark.job.preflight;

import java.util.List;

/**
 * What a preflight has found.
 *
 * @param problems why the run cannot start, each with what to change
 * @param notes what only costs time
 */
record Findings(List<String> problems, List<String> notes) {
    Findings {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }
}
