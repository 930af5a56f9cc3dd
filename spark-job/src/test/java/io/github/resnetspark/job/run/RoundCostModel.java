package io.github.resnetspark.job.run;

import java.util.List;
import java.util.Locale;

/**
 * Estimates the cost of a round on a large cluster from measurements on a small one. This is the model in
 * docs/algorithm.md.
 *
 * @param stateBytes bytes of parameters and momentum
 * @param headers bytes on the wire for each byte of the state
 * @param copySeconds time of copying and summing the state in two workers of one replica, beyond the network
 * @param doublingSeconds time of averaging inside a worker, for each doubling of its replicas
 * @param roundSeconds time that the driver needs for any round
 * @param taskSeconds time that the driver needs for one more task
 * @param pairSeconds time that a worker needs for one more worker to exchange slices with
 */
record RoundCostModel(
        double stateBytes,
        double headers,
        double copySeconds,
        double doublingSeconds,
        double roundSeconds,
        double taskSeconds,
        double pairSeconds) {
    /** Training pictures of ILSVRC2012. */
    private static final int EPOCH = 1_281_167;

    private static final int GPUS = 8;
    private static final int MINIBATCH = 128;
    private static final double OVERHEAD = 0.05;
    private static final double BYTES_PER_GIGABIT = 1e9 / 8;
    private static final List<Integer> NODES = List.of(8, 64, 512);
    private static final List<Integer> GIGABITS = List.of(10, 100);

    /** A GPU and the images that it trains per second. */
    enum Gpu {
        V100(367),
        A100(2_470);

        private final double imagesPerSecond;

        Gpu(double imagesPerSecond) {
            this.imagesPerSecond = imagesPerSecond;
        }

        double stepSeconds() {
            return MINIBATCH / imagesPerSecond;
        }
    }

    /** A ResNet-50, with the constants of docs/algorithm.md. */
    static RoundCostModel ofResNet50() {
        double parameters = 25_610_152;
        double momentum = 25_557_032;
        return new RoundCostModel(4 * (parameters + momentum), 1.05, 0.41, 0.12, 0.017, 0.00084, 0.0001);
    }

    /**
     * The time of a round without its minibatches. The state crosses a link twice: to every worker, and from every
     * worker to the reducers. The driver fetches it during the next round. Each worker has a task that trains and one
     * that reduces.
     */
    double averagingSeconds(int workers, int replicas, double gigabits) {
        double crossing = headers * stateBytes / (gigabits * BYTES_PER_GIGABIT);
        double share = (workers - 1.0) / workers;
        return 2 * crossing * share
                + copySeconds
                + doublingSeconds * Math.log(replicas) / Math.log(2)
                + roundSeconds
                + 2 * workers * taskSeconds
                + workers * pairSeconds;
    }

    /** The smallest number of minibatches between two averagings for which averaging takes at most 5 % of the time. */
    static int smallestEvery(double averagingSeconds, double stepSeconds) {
        return (int) Math.ceil(averagingSeconds * (1 - OVERHEAD) / OVERHEAD / stepSeconds);
    }

    /** The rows of the table. */
    String table() {
        StringBuilder table = new StringBuilder();
        for (int nodes : NODES) {
            double epoch = (double) EPOCH / (nodes * GPUS * MINIBATCH);
            for (int gigabits : GIGABITS) {
                double averaging = averagingSeconds(nodes, GPUS, gigabits);
                table.append(String.format(
                        Locale.ROOT, "| %d | %d Gb/s | %.2f s | %.1f |", nodes, gigabits, averaging, epoch));
                for (Gpu gpu : Gpu.values()) {
                    table.append(String.format(
                            Locale.ROOT,
                            " %d | %.0f %% |",
                            smallestEvery(averaging, gpu.stepSeconds()),
                            100 * averaging / (averaging + epoch * gpu.stepSeconds())));
                }
                table.append(String.format("%n"));
            }
        }
        return table.toString();
    }
}
