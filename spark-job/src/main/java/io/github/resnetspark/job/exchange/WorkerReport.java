package io.github.resnetspark.job.exchange;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Statistics of one worker in one round.
 *
 * @param worker index of the worker, from 0
 * @param divergedAt the minibatch in which the loss or a parameter became NaN or infinite, or -1
 * @param loadSeconds time in which the state was loaded into the networks
 * @param replicas one for each replica, in replica order
 */
public record WorkerReport(int worker, int divergedAt, double loadSeconds, List<Replica> replicas)
        implements Serializable {
    public WorkerReport {
        // This list type can be deserialized by every Java release.
        replicas = new ArrayList<>(replicas);
    }

    /** The report of a worker, which diverged when the first of its replicas did. */
    public static WorkerReport of(int worker, double loadSeconds, List<Replica> replicas) {
        int divergedAt = replicas.stream()
                .mapToInt(Replica::divergedAt)
                .filter(minibatch -> minibatch >= 0)
                .min()
                .orElse(-1);
        return new WorkerReport(worker, divergedAt, loadSeconds, replicas);
    }

    /** The same, but diverged in this minibatch unless already in an earlier one. */
    public WorkerReport divergedIn(int minibatch) {
        return divergedAt >= 0 ? this : new WorkerReport(worker, minibatch, loadSeconds, replicas);
    }

    /** Number of examples that it trained on. */
    public long examples() {
        return replicas.stream().mapToLong(Replica::examples).sum();
    }

    /** Sum of the cross-entropy over all examples. */
    public double lossSum() {
        return replicas.stream().mapToDouble(Replica::lossSum).sum();
    }

    /** Time of the slowest replica for its training, including the time in which it waited for pictures. */
    public double fitSeconds() {
        return replicas.stream().mapToDouble(Replica::fitSeconds).max().orElse(0);
    }

    /** Time of the slowest replica for an example, including the time in which it waited for pictures. */
    public double secondsPerExample() {
        return replicas.stream()
                .filter(replica -> replica.examples() > 0)
                .mapToDouble(replica -> replica.fitSeconds() / replica.examples())
                .max()
                .orElse(0);
    }

    /**
     * Statistics of one replica in one round.
     *
     * @param examples number that it trained on
     * @param lossSum sum of the cross-entropy over all examples
     * @param divergedAt the minibatch in which the loss became NaN or infinite, or -1
     * @param computeSeconds time of forward pass, backward pass and update
     * @param waitSeconds time in which it waited for the data loader
     */
    public record Replica(long examples, double lossSum, int divergedAt, double computeSeconds, double waitSeconds)
            implements Serializable {

        /** Time for its training, including the time in which it waited for pictures. */
        double fitSeconds() {
            return computeSeconds + waitSeconds;
        }
    }
}
