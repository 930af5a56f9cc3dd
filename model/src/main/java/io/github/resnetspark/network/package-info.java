/**
 * The residual networks of He et al., as DL4J {@link org.deeplearning4j.nn.graph.ComputationGraph}s.
 *
 * <p>{@link io.github.resnetspark.network.ResNetSpec} specifies a network, {@link io.github.resnetspark.network.ResNet} creates it,
 * and {@link io.github.resnetspark.network.LayerTable} describes it. {@link io.github.resnetspark.network.Variant} and
 * {@link io.github.resnetspark.network.Shortcut} list the designs of blocks and of skip connections.
 *
 * <p>The input of every network is pictures {@code [N, 3, S, S]} (NCHW, RGB, normalised) at the vertex {@code input}. The output is
 * class probabilities {@code [N, classes]} at the vertex {@code fc}. The name of a vertex says where it is, such as
 * {@code stage3-block1-conv2}. Networks use only DL4J's own classes, so a saved network loads without this project.
 *
 * <p>May use {@code failure}, {@code kernels}, {@code message.model}, {@code recipe}.
 */
package io.github.resnetspark.network;
