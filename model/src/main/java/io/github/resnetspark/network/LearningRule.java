package io.github.resnetspark.network;

import org.nd4j.linalg.learning.config.IUpdater;

/**
 * How a network that is to be trained changes its parameters.
 *
 * @param updater DL4J's updater, e.g. {@code Nesterovs}; batch-norm's running statistics never pass through it
 * @param weightDecay added to the gradient as {@code weightDecay · w} before the updater (coupled, as torch's
 *     {@code weight_decay}); convolution and fully connected weights only, neither biases nor batch normalisation
 */
public record LearningRule(IUpdater updater, double weightDecay) {}
