package io.github.resnetspark.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts what executors send through the network in a round. The figures are for one executor, on average. */
final class ExecutorTraffic implements TrainedRounds.Probe {
    private final List<Node> nodes;
    private final Executors executors;
    private Optional<Reading> first = Optional.empty();
    private Optional<Reading> last = Optional.empty();
    private Set<Long> processes = Set.of();

    /** Finds the processes of the executors. */
    @FunctionalInterface
    interface Executors {
        Set<Long> of(Process driver) throws IOException, InterruptedException;
    }

    private record Reading(int rounds, Connections connections) {}

    /**
     * Bytes of one executor in one round.
     *
     * @param among sent to other executors; on average, an executor receives as many from them
     * @param toDriver sent to all other processes, which are the driver and, hardly anything, Spark's master
     */
    record PerRound(double among, double toDriver) {}

    /** @param nodes those that the executors are on */
    ExecutorTraffic(List<Node> nodes, Executors executors) {
        this.nodes = nodes;
        this.executors = executors;
    }

    /** For executors that are children of the driver. */
    static ExecutorTraffic ofLocalCluster() {
        return new ExecutorTraffic(
                List.of(Node.HERE),
                driver -> driver.descendants().map(ProcessHandle::pid).collect(Collectors.toSet()));
    }

    /** What one executor has to send to the others in a round, however many replicas it has. */
    static double expected(long stateBytes, int workers) {
        // To every worker, and from every worker to the reducers.
        return 2 * stateBytes * (1 - 1.0 / workers);
    }

    @Override
    public void read(Process driver, int rounds) throws IOException, InterruptedException {
        processes = executors.of(driver);
        try {
            Reading reading = new Reading(rounds, Connections.read(nodes));
            first = Optional.of(first.orElse(reading));
            last = Optional.of(reading);
        } catch (IOException e) {
            System.err.println("The traffic of executors is not counted, because ss is missing: " + e.getMessage());
        }
    }

    /** The figures, unless {@code ss} is missing. */
    Optional<PerRound> perRound() {
        return first.map(begin -> {
            Reading end = last.orElseThrow();
            Connections.Traffic traffic = end.connections.since(begin.connections, processes);
            double rounds = (double) (end.rounds - begin.rounds) * processes.size();
            return new PerRound(traffic.among() / rounds, traffic.toOthers() / rounds);
        });
    }
}
