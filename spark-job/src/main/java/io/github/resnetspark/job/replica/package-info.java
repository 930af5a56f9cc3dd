/**
 * The network in an executor: replicas that live from task to task, each on a thread of its own and on the cores and the GPU
 * of its slot, and what they do in a round. A replica keeps no state between rounds that matters: it always loads what the
 * round begins with, so a task that is retried or run twice changes nothing.
 *
 * <p>It takes its minibatches from {@code job.input} and its tasks and states in the terms of {@code job.exchange}; what is
 * done with them on the driver it does not know.
 *
 * <p>May use {@code bundle}, {@code failure}, {@code image}, {@code job.averaging}, {@code job.exchange},
 * {@code job.input}, {@code job.plan}, {@code kernels}, {@code message.job}, {@code network}, {@code predict}.
 */
package io.github.resnetspark.job.replica;
