package io.github.resnetspark.kernels;

import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * How a network's layers are computed.
 *
 * @param kernels by what
 * @param precision in which numbers; other than {@code F32} only oneDNN's kernels can
 */
public record AccelSettings(Acceleration kernels, Precision precision) implements java.io.Serializable {
    /** The fastest that gives float32's results. */
    public static final AccelSettings DEFAULT = new AccelSettings(Acceleration.AUTO, Precision.F32);

    /**
     * Makes a network, ready for use.
     *
     * @throws IllegalStateException if this machine cannot do what is asked for; the message says what to set instead
     */
    public ComputationGraph create(ComputationGraphConfiguration configuration) {
        return kernels.create(configuration, precision);
    }
}
