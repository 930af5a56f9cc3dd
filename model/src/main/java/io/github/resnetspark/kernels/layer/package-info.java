/**
 * DL4J's layers and vertices, computed by the kernels of {@link io.github.resnetspark.kernels.provider}. Each takes the place of
 * the stock one that it extends, with its configuration and its views of the parameter and gradient vectors, so that
 * everything else of the network, and what is saved, stays DL4J's own.
 *
 * <p>Activations are {@code [N, C, H, W]} in shape and channels-last in memory, in DL4J's workspaces. Gradients travel as
 * {@link io.github.resnetspark.kernels.layer.GradientArray}s outside of them.
 *
 * <p>May use {@code kernels.provider}.
 */
package io.github.resnetspark.kernels.layer;
