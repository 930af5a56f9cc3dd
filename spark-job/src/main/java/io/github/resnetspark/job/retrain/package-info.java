/** Retraining as a scheduler starts it: one run from new pictures to a promoted model, that may be killed at any point. */
package io.github.resnetspark.job.retrain;
