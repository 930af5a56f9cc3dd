/**
 * What all commands have in common: the options that name a recipe, a registry and shards, how Spark is started, and how a
 * command ends. A {@code ReportingCommand} returns an {@code Outcome}; exit codes, error messages, {@code --json} and
 * {@code --result} are made of it here, and in {@code ErrorReport} of what a command throws: a
 * {@link io.github.resnetspark.failure.Failure} says itself what kind it is and how it reads. No command is known here.
 *
 * <p>May use {@code failure}, {@code job.recipe}, {@code job.registry}, {@code recipe}, {@code shard}, {@code storage},
 * {@code text}.
 */
package io.github.resnetspark.job.cli.frame;
