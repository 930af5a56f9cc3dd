package io.github.resnetspark.job.replica;

import io.github.resnetspark.job.exchange.Spares;
import java.time.Duration;
import org.apache.spark.TaskContext;

/**
 * What a slot without a worker does ahead: it creates the replicas of a worker and trains them for a moment, on real
 * pictures. After that, classes are loaded, code is compiled, kernels are tuned, and connections to the shards are open.
 * The state does not matter, because every round begins by loading one.
 */
public final class WarmUp implements Spares.Preparation<FitTask.Context> {
    private static final long serialVersionUID = 1;
    /** A slot that warms up is not ready for a worker, so it ends early. A large network gets a single minibatch. */
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final FitTask task;

    /** @param task a round of any worker, with as many replicas as all of them */
    public WarmUp(FitTask task) {
        this.task = task;
    }

    @Override
    public void run(FitTask.Context context, int slots) throws InterruptedException {
        ReplicaPool.add(context.replica(), task.work().size(), slots, replicas -> train(context, replicas));
    }

    private boolean train(FitTask.Context context, LentReplicas<Replica> replicas) throws InterruptedException {
        long begin = System.nanoTime();
        replicas.askAll((replica, index) -> replica.begin(context.source(), task, index));
        int done = 0;
        do {
            int next = done;
            replicas.askAll((replica, index) -> replica.fit(next, next + 1));
            done++;
        } while (done < task.minibatches() && System.nanoTime() - begin < LONGEST.toNanos() && !isCancelled());
        replicas.askAll((replica, index) -> replica.rest());
        return true;
    }

    private static boolean isCancelled() {
        TaskContext task = TaskContext.get();
        return task != null && task.isInterrupted();
    }
}
