package io.github.resnetspark.job.preflight;

import java.io.Serializable;

/**
 * A GPU that a task was given.
 *
 * @param address as Spark has it
 * @param memory bytes in all; 0 where ND4J computes on the CPU and cannot tell
 */
record Gpu(String address, long memory) implements Serializable {}
