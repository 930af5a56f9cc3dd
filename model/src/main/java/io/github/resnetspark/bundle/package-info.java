/**
 * A trained model as a directory that a service can trust: the network as a stock DL4J file, what it is, its labels, its
 * preprocessing, its figures, and check sums over all of them. {@code docs/bundle-format.md} is the specification.
 *
 * <p>{@link io.github.resnetspark.bundle.BundleWriter} makes one, whole or not at all;
 * {@link io.github.resnetspark.bundle.Bundle} opens one and refuses whatever is not as it was written. Local paths only.
 *
 * <p>May use {@code file}, {@code image}, {@code network}, {@code onnx}, {@code recipe}, {@code weights}.
 */
package io.github.resnetspark.bundle;
