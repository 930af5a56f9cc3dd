/**
 * Kernels of oneDNN 3 for the CPU. Float32, channels-last; weights stay {@code [out, in, height, width]} outside and are
 * reordered into the library's own layout in every call, for they change in every step.
 *
 * <p>Nothing is copied on the way in: kernels read and write the arrays where they lie.
 *
 * <p>May use {@code kernels.provider}.
 */
package io.github.resnetspark.kernels.onednn;
