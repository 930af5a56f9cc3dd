/**
 * What all commands have in common: the options that name a recipe, a registry and shards, how Spark is started, and how a
 * command ends. A {@code ReportingCommand} returns an {@code Outcome}; exit codes, error messages, {@code --json} and
 * {@code --result} are made of it here, and in {@code ErrorReport} of what a command throws. No command is known here.
 *
 * <p>May use {@code bundle}, {@code job.recipe}, {@code job.registry}, {@code job.retrain}, {@code recipe}, {@code shard},
 * {@code source}, {@code storage}, {@code task}, {@code weights}.
 */
package io.github.resnetspark.job.cli.frame;
