/**
 * Kernels of oneDNN 3 for the CPU. Float32 or bfloat16, channels-last; weights stay float32 and {@code [out, in, height, width]}
 * outside. A training step reorders them into the library's own layout in every call, because they change in every step. A
 * forward pass that only predicts keeps them in that layout.
 *
 * <p>Kernels read and write the arrays in place, without copies.
 *
 * <p>May use {@code kernels.memory}, {@code kernels.provider}, {@code message.model}.
 */
package io.github.resnetspark.kernels.onednn;
