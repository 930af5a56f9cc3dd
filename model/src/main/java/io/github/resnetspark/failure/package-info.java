/**
 * How anything in this project fails: with an exception that is a {@link io.github.resnetspark.failure.Failure}, whose sentences are
 * for whoever gave the command and whose kind says whose turn it is. Most extend
 * {@link io.github.resnetspark.failure.FailureException}; a class of its own has what somebody catches by type, or what holds more
 * than its message. An exception that is always caught by the class around it, such as one whose message only ends a sentence,
 * is none; nor are {@code IllegalArgumentException} and {@code IllegalStateException}, which tell a programmer's mistake.
 *
 * <p>May use {@code message.model}.
 */
package io.github.resnetspark.failure;
