/**
 * A trained model as a self-contained directory: the network as a stock DL4J file, its architecture, labels,
 * preprocessing, evaluation and model card, with checksums of all files. {@code docs/bundle-format.md} is the
 * specification.
 *
 * <p>{@link io.github.resnetspark.bundle.BundleWriter} writes one atomically.
 * {@link io.github.resnetspark.bundle.Bundle} opens one and rejects any file that was changed. Local paths only.
 *
 * <p>May use {@code failure}, {@code file}, {@code image}, {@code kernels}, {@code message.model}, {@code network},
 * {@code onnx}, {@code recipe}, {@code text}, {@code weights}.
 */
package io.github.resnetspark.bundle;
