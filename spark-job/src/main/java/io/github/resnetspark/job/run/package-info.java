/**
 * One training on the driver, from start to model. {@link io.github.resnetspark.job.run.TrainingJob} makes the checks,
 * starts the run or resumes it from a checkpoint, and writes the model.
 * {@link io.github.resnetspark.job.run.AveragingTrainer} runs the rounds of all epochs.
 *
 * <p>This package combines the packages below it. It is used by the commands and by {@code job.retrain}.
 *
 * <p>May use {@code bundle}, {@code failure}, {@code file}, {@code image}, {@code job.averaging}, {@code job.balance},
 * {@code job.checkpoint}, {@code job.evaluate}, {@code job.exchange}, {@code job.input}, {@code job.metrics},
 * {@code job.plan}, {@code job.preflight}, {@code job.recipe}, {@code job.registry}, {@code job.replica},
 * {@code job.report}, {@code job.schedule}, {@code job.tensorboard}, {@code job.watch}, {@code message.job},
 * {@code network}, {@code recipe}, {@code shard}, {@code spark}, {@code storage}, {@code terminal}, {@code text},
 * {@code weights}.
 */
package io.github.resnetspark.job.run;
