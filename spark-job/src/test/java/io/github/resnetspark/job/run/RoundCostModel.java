package io.github.resnetspark.job.run;

import java.util.List;
import java.util.Locale;

/**
 * Estimates the cost of a round on a large cluster from measurements on a small one. This is the table in
 * docs/algorithm.md.
 *
 * @param stateBytes bytes of parameters and momentum
 * @param localSeconds time of copying, converting and summing the state, without the network
 * @param roundSeconds time that Spark needs for an empty round
 * @param taskSeconds time that the driver needs for one more task
 * @param stepSeconds time of forward pass, backward pass and update for one minibatch on one GPU
 */
record RoundCostModel(
        double stateBytes, double localSeconds, double roundSeconds, double taskSeconds, double stepSeconds) {
    private static final double OVERHEAD = 0.05;
    private static final double BYTES_PER_GIGABIT = 1e9 / 8;
    private static final List<Integer> WORKERS = List.of(8, 64, 512);
    private static final List<Integer> GIGABITS = List.of(10, 100);

    /** A ResNet-50 with minibatches of 128 on V100s, in float32. */
    static RoundCostModel ofResNet50() {
        double parameters = 25_610_152;
        double momentum = 25_557_032;
        return new RoundCostModel(4 * (parameters + momentum), 0.6, 0.1, 0.003, 128 / 367.0);
    }

    /**
     * The time of a round without its minibatches. The state crosses a link twice: to every worker, and from every
     * worker to the reducers. The driver fetches it during the next round. Each worker has a task that trains and one
     * that reduces.
     */
    double averagingSeconds(int workers, double gigabits) {
        double crossing = stateBytes / (gigabits * BYTES_PER_GIGABIT);
        double share = (workers - 1.0) / workers;
        return 2 * crossing * share + localSeconds + roundSeconds + 2 * workers * taskSeconds;
    }

    /** The smallest number of minibatches between two averagings for which averaging takes at most 5 % of the time. */
    int smallestEvery(int workers, double gigabits) {
        double averaging = averagingSeconds(workers, gigabits);
        return (int) Math.ceil(averaging * (1 - OVERHEAD) / OVERHEAD / stepSeconds);
    }

    /** The rows of the table. */
    String table() {
        StringBuilder table = new StringBuilder();
        for (int workers : WORKERS) {
            for (int gigabits : GIGABITS) {
                table.append(String.format(
                        Locale.ROOT,
                        "| %d | %d Gb/s | %.1f s | %d |%n",
                        workers,
                        gigabits,
                        averagingSeconds(workers, gigabits),
                        smallestEvery(workers, gigabits)));
            }
        }
        return table.toString();
    }
}
