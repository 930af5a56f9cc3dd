/**
 * The failures of this project: exceptions that implement {@link io.github.resnetspark.failure.Failure}. Their messages are for the
 * user who gave the command, and their kind decides the exit code. Most are a
 * {@link io.github.resnetspark.failure.FailureException}. A separate class exists only if some caller catches it by type, or if it
 * has more fields than the message.
 *
 * <p>Not failures are exceptions that the surrounding class always catches, and {@code IllegalArgumentException} and
 * {@code IllegalStateException}, which report a mistake of the programmer.
 *
 * <p>May use {@code message.model}.
 */
package io.github.resnetspark.failure;
