/**
 * What makes a {@link org.deeplearning4j.nn.graph.ComputationGraph} fast on a CPU, in one place, applied wherever a network
 * is made or loaded: DL4J's oneDNN layer helpers, which ship switched off, and regularization that computes no score.
 */
package io.github.resnetspark.accel;
