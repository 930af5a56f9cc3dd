/**
 * What all commands share: the options for recipe, registry and shards, the start of Spark, and the end of a command. A
 * {@code ReportingCommand} returns an {@code Outcome}, from which the exit code, {@code --json} and {@code --result} are derived.
 * {@code ErrorReport} does the same for exceptions: a {@link io.github.resnetspark.failure.Failure} has a kind and a message. This
 * package does not know any command.
 *
 * <p>May use {@code failure}, {@code job.recipe}, {@code job.registry}, {@code job.watch}, {@code message.job}, {@code recipe},
 * {@code shard}, {@code storage}, {@code terminal}, {@code text}.
 */
package io.github.resnetspark.job.cli.frame;
