/**
 * What runs in an executor: a replica of the network on a thread of its own, fed by a loader that decodes ahead of it.
 *
 * <p>Pictures are {@code [N, 3, S, S]} (NCHW), labels {@code [N, classes]}. A replica keeps no state between rounds that
 * matters: it always loads what the round begins with, so a task that is retried or run twice changes nothing.
 */
package io.github.resnetspark.job.replica;
