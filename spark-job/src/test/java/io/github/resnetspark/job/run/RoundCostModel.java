package io.github.resnetspark.job.run;

import java.util.List;
import java.util.Locale;

/**
 * What a round of a large cluster costs, reckoned from what was measured on a small one: the table of docs/algorithm.md.
 *
 * @param stateBytes parameters and momentum
 * @param localSeconds copying, converting and summing the state, the network left out
 * @param roundSeconds what Spark takes for a round of nothing
 * @param taskSeconds what one more task costs the driver
 * @param stepSeconds forward, backward and update of one minibatch on one GPU
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
     * A round without its minibatches. The state crosses a link twice: to every worker, and from every worker to the
     * reducers; the driver fetches it while the next round trains. Each worker has a task that fits and one that reduces.
     */
    double averagingSeconds(int workers, double gigabits) {
        double crossing = stateBytes / (gigabits * BYTES_PER_GIGABIT);
        double share = (workers - 1.0) / workers;
        return 2 * crossing * share + localSeconds + roundSeconds + 2 * workers * taskSeconds;
    }

    /** The fewest minibatches between two averagings of which the averaging takes no more than 5 % of the time. */
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
