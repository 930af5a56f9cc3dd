package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import java.io.Serializable;
import java.time.Duration;

/**
 * The section {@code cluster}: what the job asks Spark for.
 *
 * @param workers replicas of the network that train side by side, one per task slot; the learning rate is for so many
 * @param minWorkers how few may share a round where slots are missing
 * @param maxWorkers how many may share a round where there are more slots
 * @param waitForWorkers how long to wait for {@code minWorkers} slots before the run fails
 */
public record ClusterSettings(int workers, int minWorkers, int maxWorkers, Duration waitForWorkers)
        implements Serializable {

    /** Reads the section; keys that it leaves out have the defaults given here. */
    public static ClusterSettings from(RecipeSection section) {
        int workers = section.integer(
                "workers", 2, Range.atLeast(1), "Set it to the number of replicas that train side by side, e.g. 2.");
        return new ClusterSettings(
                workers,
                section.integer(
                        "min-workers",
                        workers,
                        Range.between(1, workers),
                        "Set it to how few may go on where slots are missing, at most cluster.workers."),
                section.integer(
                        "max-workers",
                        workers,
                        Range.atLeast(workers),
                        "Set it to how many may train where there are more slots, at least cluster.workers."),
                waitForWorkers(section));
    }

    private static Duration waitForWorkers(RecipeSection section) {
        Duration usual = Duration.ofMinutes(10);
        String remedy = "Set it to how long to wait for enough slots, e.g. 10 minutes.";
        Duration wait = section.duration("wait-for-workers", usual, remedy);
        if (wait.isNegative() || wait.isZero()) {
            section.refuse("wait-for-workers", wait.toMillis() + " ms", "more than 0", remedy);
            return usual;
        }
        return wait;
    }
}
