/**
 * Training by parameter averaging, on the driver: {@link io.github.resnetspark.job.run.AveragingTrainer} goes round by
 * round through the epochs' plans; an {@link io.github.resnetspark.job.exchange.Exchange} is one Spark job.
 */
package io.github.resnetspark.job.run;
