/**
 * The replicas of the network on an executor, and their work in a round. They live longer than a task. Each has its own
 * thread, bound to the cores and the GPU of its slot. A round never depends on what a replica did before, because every
 * round begins by loading the state. So tasks are idempotent: a retried or speculative task changes nothing.
 *
 * <p>Minibatches come from {@code job.input}; tasks and states use the interfaces of {@code job.exchange}. This package
 * knows nothing of the driver.
 *
 * <p>May use {@code bundle}, {@code failure}, {@code image}, {@code job.averaging}, {@code job.exchange},
 * {@code job.input}, {@code job.plan}, {@code kernels}, {@code message.job}, {@code network}, {@code predict},
 * {@code spark}.
 */
package io.github.resnetspark.job.replica;
