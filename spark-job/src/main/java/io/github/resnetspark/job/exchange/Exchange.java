package io.github.resnetspark.job.exchange;

import io.github.resnetspark.spark.Attempts.ExecutorsLostException;
import io.github.resnetspark.spark.TaskFailedException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Transfers the state of a network between driver and executors in rounds. Every worker receives the state at the start
 * of the round and runs its task on it. The results are averaged slice by slice, weighted by examples, and the average
 * is the start of the next round. All implementations are bit-identical and deterministic, even if executors are lost.
 *
 * @param <C> what every task needs in addition to the state
 */
public interface Exchange<C extends RoundTask.Context> extends AutoCloseable {
    /** What failed, in messages about lost executors. */
    String ROUND = "A round of averaging";

    /**
     * Opens the fastest exchange that this version of Spark supports, for all rounds of a run.
     *
     * @param context what the tasks of all rounds need; broadcast once
     */
    static <C extends RoundTask.Context> Exchange<C> open(JavaSparkContext spark, C context) {
        return open(spark, context, Spares.none());
    }

    /**
     * The same, with spare task slots that are kept ready.
     *
     * @param spares how many, and how
     */
    static <C extends RoundTask.Context> Exchange<C> open(JavaSparkContext spark, C context, Spares<C> spares) {
        return new FallbackExchange<>(
                () -> new BlockExchange<>(spark, context, spares), () -> new BroadcastExchange<>(spark, context));
    }

    /**
     * The result of a round.
     *
     * @param state the averaged state
     * @param reports one per worker, in worker order
     * @param times durations of its steps
     */
    record Result(AveragedState state, List<WorkerReport> reports, RoundTimes times) {}

    /**
     * Runs one round.
     *
     * @param start the result of the previous round, or any state that the driver has
     * @param tasks one for each worker with examples, at least one, in worker order
     * @throws TaskFailedException if a task failed for a reason of its own
     * @throws ExecutorsLostException if all attempts lost executors
     */
    Result round(AveragedState start, List<? extends RoundTask<C>> tasks);

    /** Ends the rounds. The result of the last one is lost unless it was requested before. */
    @Override
    void close();
}
