/**
 * Kernels of oneDNN 3 for the CPU. Float32, channels-last; weights stay {@code [out, in, height, width]} outside and
 * are reordered into the library's own layout in every call, because they change in every step.
 *
 * <p>Kernels read and write the arrays in place, without copies.
 *
 * <p>May use {@code kernels.memory}, {@code kernels.provider}, {@code message.model}.
 */
package io.github.resnetspark.kernels.onednn;
