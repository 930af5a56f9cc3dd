package io.github.resnetspark.job.run;

/**
 * How fast a run will be, from a few rounds of it.
 *
 * @param secondsPerMinibatch of the slowest worker, waiting for pictures counted in
 * @param secondsPerAveraging what a round takes beside its minibatches
 * @param secondsPerEpoch of all minibatches and averagings, at the H of the last epoch; validations and checkpoints come on
 *     top
 */
public record RunDuration(double secondsPerMinibatch, double secondsPerAveraging, double secondsPerEpoch) {

    /**
     * Reckons an epoch.
     *
     * @param examples of the epoch
     * @param globalBatch pictures of one minibatch of every worker
     * @param every H, minibatches of a worker between two averagings
     */
    static RunDuration of(
            long examples, int globalBatch, int every, double secondsPerMinibatch, double secondsPerAveraging) {
        double minibatches = Math.ceil((double) examples / globalBatch);
        double rounds = Math.ceil(minibatches / every);
        return new RunDuration(
                secondsPerMinibatch,
                secondsPerAveraging,
                minibatches * secondsPerMinibatch + rounds * secondsPerAveraging);
    }
}
