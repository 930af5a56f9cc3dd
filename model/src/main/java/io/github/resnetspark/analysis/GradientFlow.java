package io.github.resnetspark.analysis;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * How large the gradient of the mean loss is all over a network: Euclidean norms over a whole minibatch.
 *
 * @param loss mean cross-entropy of the minibatch, in nats
 * @param atOutput with respect to what a vertex gives, by its name; the input vertex has that of the pictures
 * @param fromConsumer the parts of it: by the vertex, then by the vertex that reads it
 * @param ofWeights with respect to the weights of a convolution or fully connected layer
 */
public record GradientFlow(
        double loss,
        Map<String, Double> atOutput,
        Map<String, Map<String, Double>> fromConsumer,
        Map<String, Double> ofWeights) {
    public GradientFlow {
        atOutput = Map.copyOf(atOutput);
        fromConsumer = fromConsumer.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Map.copyOf(entry.getValue())));
        ofWeights = Map.copyOf(ofWeights);
    }
}
