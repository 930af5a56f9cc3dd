/**
 * DL4J's layers and vertices, computed by the kernels of {@link io.github.resnetspark.kernels.provider}. Each replaces
 * the stock class that it extends and takes over its configuration and its views of the parameter and gradient vectors.
 * Everything else in the network, and its saved form, stays DL4J's own.
 *
 * <p>Activations are {@code [N, C, H, W]} in shape and channels-last in memory, in DL4J's workspaces. Gradients are
 * {@link io.github.resnetspark.kernels.layer.GradientArray}s outside the workspaces.
 *
 * <p>May use {@code kernels.memory}, {@code kernels.provider}.
 */
package io.github.resnetspark.kernels.layer;
