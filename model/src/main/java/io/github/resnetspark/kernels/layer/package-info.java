/**
 * DL4J's layers and vertices, computed by the kernels of {@link io.github.resnetspark.kernels.provider}. Each replaces
 * the stock class that it extends and takes over its configuration and its views of the parameter and gradient vectors.
 * Everything else in the network, and its saved form, stays DL4J's own.
 *
 * <p>Activations and their gradients are {@code [N, C, H, W]} in shape and channels-last in memory, float32 or bfloat16. Those
 * of a training step have memory of their own, {@link io.github.resnetspark.kernels.layer.Activations} and
 * {@link io.github.resnetspark.kernels.layer.Gradients}. Where a listener may keep activations, they are in DL4J's workspaces.
 *
 * <p>May use {@code kernels.memory}, {@code kernels.provider}.
 */
package io.github.resnetspark.kernels.layer;
