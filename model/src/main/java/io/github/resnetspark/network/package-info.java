/**
 * The residual networks of He et al., as DL4J {@link org.deeplearning4j.nn.graph.ComputationGraph}s.
 *
 * <p>{@link io.github.resnetspark.network.ResNetSpec} says which network; {@link io.github.resnetspark.network.ResNet} makes
 * it; {@link io.github.resnetspark.network.LayerTable} describes it. {@link io.github.resnetspark.network.Variant} and
 * {@link io.github.resnetspark.network.Shortcut} list the designs of blocks and of skip connections, one object each.
 *
 * <p>Every network takes pictures as {@code [N, 3, S, S]} (NCHW, RGB, normalised) at the vertex {@code input} and gives class
 * probabilities {@code [N, classes]} at the vertex {@code fc}. Every vertex has a name that says where it is:
 * {@code stage3-block1-conv2}. Only stock DL4J classes are used, so a saved network loads without this project.
 *
 * <p>May use {@code failure}, {@code kernels}, {@code message.model}, {@code recipe}.
 */
package io.github.resnetspark.network;
