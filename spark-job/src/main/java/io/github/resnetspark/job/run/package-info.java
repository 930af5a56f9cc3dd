/**
 * One training from start to model, on the driver: {@link io.github.resnetspark.job.run.TrainingJob} checks, continues from a
 * checkpoint or begins, and writes the model; in between {@link io.github.resnetspark.job.run.AveragingTrainer} goes round by
 * round through the epochs' plans.
 *
 * <p>It puts together what the packages below it can do, and is used by the commands and by {@code job.retrain}.
 *
 * <p>May use {@code bundle}, {@code failure}, {@code file}, {@code image}, {@code job.averaging},
 * {@code job.checkpoint}, {@code job.evaluate}, {@code job.exchange}, {@code job.input}, {@code job.metrics},
 * {@code job.plan}, {@code job.preflight}, {@code job.recipe}, {@code job.registry}, {@code job.replica},
 * {@code job.schedule}, {@code message.job}, {@code network}, {@code recipe}, {@code shard}, {@code spark},
 * {@code storage}, {@code text}, {@code weights}.
 */
package io.github.resnetspark.job.run;
