/**
 * Networks as ONNX models (opset 13), for servers that know nothing of DL4J.
 *
 * <p>{@link io.github.resnetspark.onnx.OnnxModel} writes one and compares it with the network in ONNX Runtime before the
 * file gets its name. Values and nodes bear the names of the network's vertices. Layouts: inside the graph pictures are
 * {@code [N, channels, height, width]}; a model with preprocessing takes unsigned bytes {@code [N, S, S, 3]}, red first.
 * The batch size N is free, the side S is fixed.
 *
 * <p>May use {@code file}, {@code image}.
 */
package io.github.resnetspark.onnx;
