/**
 * Carries the state of a network between the driver and the executors: {@link io.github.resnetspark.job.exchange.Exchange}
 * spreads it, runs a task for each worker, reduces what they give and collects the average. Two implementations give the same
 * bits: one through the blocks of Spark's executors, and a plain one on Spark's public interface, which defines what is right
 * and stands in where Spark's internals have changed.
 *
 * <p>This is where Spark's internals are used; a class elsewhere that needs one says so. It knows vectors, slices and the moments of batch
 * normalisation, but no network, no pictures and no recipe.
 *
 * <p>May use {@code failure}, {@code job.averaging}, {@code message.job}, {@code spark}.
 */
package io.github.resnetspark.job.exchange;
