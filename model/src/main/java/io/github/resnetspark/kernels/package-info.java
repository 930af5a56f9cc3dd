/**
 * What makes a {@link org.deeplearning4j.nn.graph.ComputationGraph} fast on a CPU, in one place, applied wherever a network
 * is made or loaded: {@link io.github.resnetspark.kernels.Acceleration} puts oneDNN's kernels into the place of DL4J's layers,
 * or, where that is not possible, switches on the layer helpers that DL4J ships switched off. On a backend other than the
 * CPU's, layers run as single operations of ND4J's.
 *
 * <p>May use {@code dl4j.compat}, {@code kernels.layer}, {@code kernels.onednn}, {@code kernels.provider},
 * {@code kernels.update}.
 */
package io.github.resnetspark.kernels;
