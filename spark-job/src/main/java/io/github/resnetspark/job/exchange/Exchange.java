package io.github.resnetspark.job.exchange;

import io.github.resnetspark.spark.Attempts.ExecutorsLostException;
import io.github.resnetspark.spark.TaskFailedException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Carries the state of a network between the driver and the executors, round by round: every worker gets the state that the
 * round begins with and runs its task on it; what the workers give is averaged, weighted by examples, slice by slice; and the
 * average is what the next round begins with. The same tasks give the same bits, whoever carries them and whatever is lost on
 * the way.
 *
 * @param <C> what every task needs beside the state
 */
public interface Exchange<C extends RoundTask.Context> extends AutoCloseable {
    /** What is lost where a round fails. */
    String ROUND = "A round of averaging";

    /**
     * The fastest exchange that this Spark allows, for the rounds of a run, one after another.
     *
     * @param context what the tasks of all rounds need; it is broadcast once
     */
    static <C extends RoundTask.Context> Exchange<C> open(JavaSparkContext spark, C context) {
        return new FallbackExchange<>(
                () -> new BlockExchange<>(spark, context), () -> new BroadcastExchange<>(spark, context));
    }

    /**
     * What a round gives.
     *
     * @param state the averaged state
     * @param reports one per worker, in worker order
     * @param times where the time went
     */
    record Result(AveragedState state, List<WorkerReport> reports, RoundTimes times) {}

    /**
     * Runs one round.
     *
     * @param start the state of the round before, or any that has been asked for
     * @param tasks one for each worker that has examples, at least one, in worker order
     * @throws TaskFailedException if a task failed of itself
     * @throws ExecutorsLostException if executors were lost in every attempt
     */
    Result round(AveragedState start, List<? extends RoundTask<C>> tasks);

    /** Ends the rounds: what the last one ended with must have been asked for, or is lost. */
    @Override
    void close();
}
