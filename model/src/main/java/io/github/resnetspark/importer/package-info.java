/**
 * Weights that were made elsewhere: NumPy files are read ({@link io.github.resnetspark.importer.NpzFile}) into named
 * {@link io.github.resnetspark.importer.Tensor}s, and those with torch's names are put into our networks
 * ({@link io.github.resnetspark.importer.TorchWeights}).
 *
 * <p>Layouts: tensors are float32 and row-major; torch's convolution weights are {@code [out, in, height, width]}, as DL4J
 * has them; torch's linear weights are {@code [out, in]}, DL4J's {@code [in, out]}.
 */
package io.github.resnetspark.importer;
