/**
 * What can be computed of a network to see why it trains: how its gradient travels back through the blocks, and which
 * directions to look in around its weights. Flat vectors are those of DL4J's {@code params()}; gradients are of the mean loss
 * of a minibatch. Nothing here reads files or knows Spark.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.analysis;
