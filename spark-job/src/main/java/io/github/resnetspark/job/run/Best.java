package io.github.resnetspark.job.run;

/**
 * The best that a run had so far.
 *
 * @param parameters of the network then
 * @param validation how good it was
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of floats; compared by nobody.
record Best(float[] parameters, ValidationMetrics validation) {}
