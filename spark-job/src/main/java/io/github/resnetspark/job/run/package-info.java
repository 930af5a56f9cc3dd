/**
 * One training from start to model, on the driver: {@link io.github.resnetspark.job.run.TrainingJob} checks, continues from a
 * checkpoint or begins, and writes the model; in between {@link io.github.resnetspark.job.run.AveragingTrainer} goes round by
 * round through the epochs' plans.
 *
 * <p>It puts together what the packages below it can do, and is used by the commands and by {@code job.retrain}.
 */
package io.github.resnetspark.job.run;
