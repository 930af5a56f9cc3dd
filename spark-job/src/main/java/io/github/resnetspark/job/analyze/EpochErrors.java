package io.github.resnetspark.job.analyze;

/**
 * How well a network does after an epoch.
 *
 * @param epoch from 1
 * @param trainingError share of the sampled training pictures that are classified wrongly, 0 to 1
 * @param testError the same of the validation split
 * @param trainingLoss mean cross-entropy of the epoch's minibatches as they were trained on, in nats
 */
record EpochErrors(int epoch, double trainingError, double testError, double trainingLoss) {}
