/**
 * Weights that were made elsewhere, and ours for elsewhere: NumPy files and safetensors
 * ({@link io.github.resnetspark.weights.NpzFile}, {@link io.github.resnetspark.weights.SafetensorsFile}) are read into named
 * {@link io.github.resnetspark.weights.Tensor}s, and those with torch's names are put into our networks and made of them
 * ({@link io.github.resnetspark.weights.TorchWeights}).
 *
 * <p>Layouts: tensors are float32 and row-major; torch's convolution weights are {@code [out, in, height, width]}, as DL4J
 * has them; torch's linear weights are {@code [out, in]}, DL4J's {@code [in, out]}.
 *
 * <p>May use {@code failure}, {@code message.model}, {@code network}.
 */
package io.github.resnetspark.weights;
