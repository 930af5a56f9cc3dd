/**
 * Transfers the state of a network, its parameters and momentum, between driver and executors.
 * {@link io.github.resnetspark.job.exchange.Exchange} spreads the state, runs a task for each worker, reduces the
 * results and collects the average. There are two bit-identical implementations. The fast one uses the block managers
 * of Spark's executors. The simple one uses only Spark's public API; it defines the correct result, and is the fallback
 * if Spark's internals have changed.
 *
 * <p>Spark's internals are used in this package; the few classes elsewhere that need one say so. It knows vectors,
 * slices and the moments of batch normalisation, but not networks, pictures or recipes.
 *
 * <p>May use {@code failure}, {@code job.averaging}, {@code message.job}, {@code spark}.
 */
package io.github.resnetspark.job.exchange;
