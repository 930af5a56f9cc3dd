/**
 * Computes what explains how well a network trains: the gradients at its blocks, and directions around its weights for plots of the
 * loss. Flat vectors have the order of DL4J's {@code params()}. Gradients are of the mean loss of a minibatch. Independent of files
 * and Spark.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.analysis;
