/**
 * Networks as ONNX models (opset 13), for servers without DL4J.
 *
 * <p>{@link io.github.resnetspark.onnx.OnnxModel} writes one and verifies it against ONNX Runtime before the file gets
 * its final name. Values and nodes have the names of the network's vertices. Inside the graph, pictures are
 * {@code [N, channels, height, width]}. A model that normalises pictures itself takes unsigned bytes
 * {@code [N, S, S, 3]} in the order RGB. The batch size N is free, the side S is fixed.
 *
 * <p>May use {@code failure}, {@code file}, {@code image}, {@code message.model}.
 */
package io.github.resnetspark.onnx;
