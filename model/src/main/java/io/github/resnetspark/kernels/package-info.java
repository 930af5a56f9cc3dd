/**
 * Makes a {@link org.deeplearning4j.nn.graph.ComputationGraph} fast on a CPU, wherever a network is created or loaded.
 * {@link io.github.resnetspark.kernels.Acceleration} replaces DL4J's layers with oneDNN's kernels. If that is not
 * possible, it enables the layer helpers that DL4J ships disabled. On a backend other than the CPU, layers run as
 * single ND4J operations.
 *
 * <p>May use {@code dl4j.compat}, {@code kernels.layer}, {@code kernels.onednn}, {@code kernels.provider},
 * {@code kernels.update}, {@code message.model}.
 */
package io.github.resnetspark.kernels;
