/** Distributed evaluation: every picture of a split is classified exactly once. */
package io.github.resnetspark.job.evaluate;
