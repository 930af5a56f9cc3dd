package io.github.resnetspark.job.exchange;

import java.io.Serializable;

/**
 * The task slots without a worker, and how they become ready to take over the work of a lost executor: by work that is
 * done ahead, and that changes no result. Only the fast exchange keeps spares warm.
 *
 * @param wanted how many slots to keep ready at most
 * @param reserved slots that the workers of a round may need
 * @param preparation what a slot does ahead
 * @param <C> what every task of a round needs
 */
public record Spares<C extends RoundTask.Context>(int wanted, int reserved, Preparation<C> preparation) {
    /** What Spark calls the jobs that prepare spares, in its pages and its event log. */
    public static final String JOB_DESCRIPTION = "warm-up of spare slots";

    /** No spares. */
    public static <C extends RoundTask.Context> Spares<C> none() {
        return new Spares<>(0, 0, (context, slots) -> {});
    }

    /**
     * How many slots of an executor may have a worker or be kept ready for one. It never needs more of them than there
     * are workers. So with all workers on one executor, it has no spares: they would be lost with it.
     *
     * @param slots how many tasks the executor can run at the same time
     * @param workers the most workers of a round
     */
    public static int usefulSlots(int slots, int workers) {
        return Math.min(slots, workers);
    }

    /** Work of an idle slot. */
    @FunctionalInterface
    public interface Preparation<C extends RoundTask.Context> extends Serializable {
        /**
         * Runs on the executor. Does nothing if all of its slots are ready.
         *
         * @param slots number of slots of this executor
         */
        void run(C context, int slots) throws InterruptedException;
    }
}
