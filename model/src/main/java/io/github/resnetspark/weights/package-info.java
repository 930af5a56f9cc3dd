/**
 * Imports and exports weights. NumPy and safetensors files ({@link io.github.resnetspark.weights.NpzFile},
 * {@link io.github.resnetspark.weights.SafetensorsFile}) are read into named {@link io.github.resnetspark.weights.Tensor}s.
 * {@link io.github.resnetspark.weights.TorchWeights} converts between tensors with PyTorch's names and networks.
 *
 * <p>Layouts: tensors are float32 and row-major. Convolution weights are {@code [out, in, height, width]} in PyTorch and DL4J.
 * Linear weights are {@code [out, in]} in PyTorch and {@code [in, out]} in DL4J.
 *
 * <p>May use {@code failure}, {@code message.model}, {@code network}.
 */
package io.github.resnetspark.weights;
