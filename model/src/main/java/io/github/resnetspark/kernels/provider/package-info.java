/**
 * The seam between our layers and the libraries that compute: a {@link io.github.resnetspark.kernels.provider.KernelProvider}
 * makes kernels, each for one shape.
 *
 * <p>Kernels take float arrays of logical shape {@code [N, C, H, W]} whose memory is channels-last (NHWC): the strides say
 * so, the shape does not change, and DL4J's own vertices may read them as they are. Vectors per channel are contiguous.
 * A kernel writes to the arrays that it is told to and keeps none.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.kernels.provider;
