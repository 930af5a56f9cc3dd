package io.github.resnetspark.kernels;

import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * How a network's layers are computed.
 *
 * @param kernels the library that computes them
 * @param precision the number format; only oneDNN's kernels support anything but {@code F32}
 */
public record AccelSettings(Acceleration kernels, Precision precision) implements java.io.Serializable {
    /** The fastest settings with float32 results. */
    public static final AccelSettings DEFAULT = new AccelSettings(Acceleration.AUTO, Precision.F32);

    /**
     * Creates and initialises a network.
     *
     * @throws IllegalStateException if this machine does not support the settings; the message says what to set instead
     */
    public ComputationGraph create(ComputationGraphConfiguration configuration) {
        return kernels.create(configuration, precision);
    }
}
