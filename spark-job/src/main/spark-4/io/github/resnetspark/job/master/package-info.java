/**
 * Where the jar for Spark 3.5 has averaging rounds behind Deeplearning4j's own interface.
 *
 * <p>May use {@code kernels}.
 */
package io.github.resnetspark.job.master;
