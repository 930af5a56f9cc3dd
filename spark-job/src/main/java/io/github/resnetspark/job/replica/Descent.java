package io.github.resnetspark.job.replica;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a replica's steps follow from gradients: stochastic gradient descent with Nesterov momentum. The learning rate is not part of it.
 *
 * @param momentum in [0, 1)
 * @param weightDecay coupled L2 regularisation of convolution and fully connected weights
 * @param clipNorm maximum norm of the gradient, batch normalisation excluded; 0 for no limit
 * @param trustCoefficient η of LARS; 0 for plain SGD
 * @param partFactors factors of the learning rate by part of the network: {@code stem}, {@code stage1}, …, {@code fc}. A part with 0 is
 *     frozen, one that is missing has 1
 */
public record Descent(
        double momentum, double weightDecay, double clipNorm, double trustCoefficient, Map<String, Double> partFactors)
        implements Serializable {
    public Descent {
        // This map type can be deserialized by every Java release.
        partFactors = new TreeMap<>(partFactors);
    }

    /** Plain SGD. */
    public static Descent plain(double momentum, double weightDecay) {
        return new Descent(momentum, weightDecay, 0, 0, Map.of());
    }

    /** Whether gradients are changed before weight decay and momentum. */
    boolean changesGradients() {
        return clipNorm > 0 || trustCoefficient > 0 || !partFactors.isEmpty();
    }
}
