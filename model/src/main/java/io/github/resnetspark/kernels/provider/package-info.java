/**
 * The interface between our layers and the math libraries. A
 * {@link io.github.resnetspark.kernels.provider.KernelProvider} creates kernels, each for one shape.
 *
 * <p>Kernels take float32 or bfloat16 arrays of logical shape {@code [N, C, H, W]} whose memory is channels-last (NHWC): the strides
 * say so, the shape does not change, and DL4J's own vertices may read them as they are. Vectors per channel are
 * contiguous. A kernel writes to its output arrays and keeps no reference to any array.
 *
 * <p>May use {@code kernels.memory}.
 */
package io.github.resnetspark.kernels.provider;
