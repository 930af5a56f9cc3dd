package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The section {@code checkpoint}: how much work a crash may cost. It does not change what a run computes. Every validation and every
 * stop by a signal also writes a checkpoint. Each component is the key of the same name. {@code dir} is read by {@link Recipe}.
 */
public record CheckpointSettings(int everyRounds, Duration every, int keep) implements Serializable {
    private static final Setting<Integer> EVERY_ROUNDS = Setting.integer("every-rounds")
            .unit("rounds")
            .within(Range.atLeast(1))
            .orElse(1000)
            .identity(Identity.NEVER)
            .help("Largest number of rounds between two checkpoints.")
            .remedy("Set it to the number of rounds that a crash may cost, e.g. 1000.");

    private static final Setting<Duration> EVERY = Setting.duration("every")
            .must(time -> !time.isNegative() && !time.isZero(), "more than 0")
            .orElse(Duration.ofMinutes(10))
            .identity(Identity.NEVER)
            .help("Longest time between two checkpoints.")
            .remedy("Set it to the time that a crash may cost, e.g. 10 minutes.");

    private static final Setting<Integer> KEEP = Setting.integer("keep")
            .within(Range.atLeast(1))
            .orElse(3)
            .identity(Identity.NEVER)
            .help("Number of newest checkpoints to keep, in addition to the one with the best validation.")
            .remedy("Set it to the number of newest checkpoints to keep, e.g. 3.");

    static final Setting<URI> DIRECTORY = Setting.place("dir")
            .identity(Identity.NEVER)
            .help("Directory of the run's own files: checkpoints, metrics and, next to it, the lock. Default: next to"
                    + " `model.dir`, with the suffix `.run`. Needed if `model.dir` is in an object store. Only for"
                    + " `train`.")
            .remedy("Set it to a folder on hdfs: or file:, e.g. hdfs://namenode:8020/runs/resnet50.");

    static final DeclaredSection SECTION = new DeclaredSection(
            "checkpoint",
            "How much work a crash may cost. These settings do not change what a run computes. Every validation and every stop by"
                    + " a signal also writes a checkpoint.",
            List.of(EVERY_ROUNDS, EVERY, KEEP, DIRECTORY));

    static CheckpointSettings from(RecipeSection section) {
        return new CheckpointSettings(section.value(EVERY_ROUNDS), section.value(EVERY), section.value(KEEP));
    }
}
