package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The section {@code cluster}: how many Spark task slots the job uses, and how many replicas train in each. Each
 * component is the key of the same name.
 *
 * <p>{@code min-workers} and {@code max-workers} may change when a run resumes, so that it can resume on a cluster that has shrunk. They
 * change the result only if a round really has another number of workers than {@code workers}.
 */
public record ClusterSettings(
        int workers,
        Optional<Integer> replicasOrAuto,
        int minWorkers,
        int maxWorkers,
        Duration waitForWorkers,
        Optional<Integer> sparesOrAll,
        Balance balance)
        implements Serializable {

    /** How the minibatches of a round are split between the workers. */
    public enum Balance {
        /** All workers get the same number, so the slowest one sets the pace. */
        EVEN,
        /** Fast workers get more than slow ones. */
        SPEED
    }

    /** The value of {@code replicas} that leaves the number to the size of a task slot. */
    public static final String AUTO = "auto";

    /** The value of {@code spares} that means every task slot without a worker. */
    private static final String ALL = "all";

    private static final Setting<Integer> WORKERS = Setting.integer("workers")
            .within(Range.atLeast(1))
            .orElse(2)
            .defaultInWords("`2`; `1` with embedded Spark if `cluster.replicas` is not set either")
            .help("Number of workers. Each is one Spark task, which trains `cluster.replicas` replicas of the network."
                    + " The learning rate scales with workers × replicas. To resume a run on fewer slots, leave it as"
                    + " it is and set `cluster.min-workers`.")
            .remedy("Set it to the number of workers, e.g. 2.");

    private static final Setting<Optional<Integer>> REPLICAS = Setting.integerOr("replicas", AUTO)
            .within(Range.atLeast(1))
            .orElse(Optional.of(1))
            .defaultInWords("`1`; `2` with embedded Spark if `cluster.workers` is not set either")
            .identity(Identity.UNLESS_DEFAULT)
            .help("Number of replicas of each worker. They share one Spark task, with `spark.task.cpus` / replicas"
                    + " cores or one GPU each, and are averaged inside it before anything is sent. `auto` uses the"
                    + " number of GPUs of a task, or else of its cores.")
            .remedy("Set it to the number of GPUs or cores of a task, e.g. 8, or to auto.");

    private static final Setting<Integer> MIN_WORKERS = Setting.integer("min-workers")
            .limitInWords("between 1 and `cluster.workers`")
            .defaultInWords("`cluster.workers`")
            .identity(Identity.NEVER)
            .help("Smallest number of workers in a round if slots are missing. A run that trains with fewer than"
                    + " `cluster.workers` is no longer bit-identical to one that does not.")
            .remedy("Set it to the smallest number of workers that may train if slots are missing, at most"
                    + " cluster.workers.");

    private static final Setting<Integer> MAX_WORKERS = Setting.integer("max-workers")
            .limitInWords("at least `cluster.workers`")
            .defaultInWords("`cluster.workers`")
            .identity(Identity.NEVER)
            .help("Largest number of workers in a round if there are more slots. A run that trains with more than"
                    + " `cluster.workers` is no longer bit-identical to one that does not.")
            .remedy("Set it to the largest number of workers that may train if there are more slots, at least"
                    + " cluster.workers.");

    private static final Setting<Duration> WAIT_FOR_WORKERS = Setting.duration("wait-for-workers")
            .must(time -> !time.isNegative() && !time.isZero(), "more than 0")
            .orElse(Duration.ofMinutes(10))
            .identity(Identity.NEVER)
            .help("How long to wait for `cluster.min-workers` slots before the run fails.")
            .remedy("Set it to the time to wait for enough slots, e.g. 10 minutes.");

    private static final Setting<Optional<Integer>> SPARES = Setting.integerOr("spares", ALL)
            .within(Range.atLeast(0))
            .orElse(Optional.empty())
            .identity(Identity.NEVER)
            .help("How many task slots beyond `cluster.max-workers` to keep warm: each creates its replicas ahead and"
                    + " trains them for a moment, so that it takes over the work of a lost executor without a cold"
                    + " start. `all` keeps every further slot warm, 0 none. It needs more than one executor: with"
                    + " all workers on one executor, the spares would be lost with it.")
            .remedy("Set it to the number of spare slots, e.g. 1, or to all.");

    private static final Setting<Balance> BALANCE = Setting.choice("balance", Balance.class)
            .orElse(Balance.EVEN)
            .identity(Identity.UNLESS_DEFAULT)
            .help("How a round's minibatches are split between the workers: the same number for each, or more for fast"
                    + " workers and fewer for slow ones. With `speed`, the result depends on measured times.")
            .remedy("Choose even to give each worker the same number of minibatches, or speed to give slow workers"
                    + " fewer.");

    static final DeclaredSection SECTION = new DeclaredSection(
            "cluster",
            "How many Spark task slots the job uses, and how many replicas train in each.",
            List.of(WORKERS, REPLICAS, MIN_WORKERS, MAX_WORKERS, WAIT_FOR_WORKERS, SPARES, BALANCE));

    /**
     * Number of replicas of each worker.
     *
     * @throws IllegalStateException if it is still {@code auto}
     */
    public int replicas() {
        return replicasOrAuto.orElseThrow(
                () -> new IllegalStateException("cluster.replicas = auto was not replaced by a number."));
    }

    /** The largest number of spare task slots that are kept warm. */
    public int spares() {
        return sparesOrAll.orElse(Integer.MAX_VALUE);
    }

    /** Whether a recipe sets none of the keys that determine how many replicas train. */
    static boolean isDefault(RecipeSection section) {
        return Stream.of(WORKERS, REPLICAS, MIN_WORKERS, MAX_WORKERS).noneMatch(section::has);
    }

    static ClusterSettings from(RecipeSection section) {
        int workers = section.value(WORKERS);
        return new ClusterSettings(
                workers,
                section.value(REPLICAS),
                section.value(MIN_WORKERS.orElse(workers).within(Range.between(1, workers))),
                section.value(MAX_WORKERS.orElse(workers).within(Range.atLeast(workers))),
                section.value(WAIT_FOR_WORKERS),
                section.value(SPARES),
                section.value(BALANCE));
    }
}
