package io.github.resnetspark.verify;

import java.util.List;

/**
 * What a verification found.
 *
 * @param examples pictures that were read
 * @param decoded of those, how many were decoded
 * @param shards shards that the manifest lists
 * @param problems one sentence each, in the order of the shards; none if all is well
 */
public record VerifyReport(long examples, long decoded, int shards, List<String> problems) {
    public VerifyReport {
        problems = List.copyOf(problems);
    }

    /** Whether all is as the manifest says. */
    public boolean ok() {
        return problems.isEmpty();
    }
}
