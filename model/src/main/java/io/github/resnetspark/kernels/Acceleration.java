package io.github.resnetspark.kernels;

import io.github.resnetspark.dl4j.compat.LayerHelpers;
import io.github.resnetspark.kernels.onednn.OneDnn;
import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import io.github.resnetspark.message.model.KernelFailures;
import io.github.resnetspark.message.model.KernelNotices;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The library that computes a network's layers. */
public enum Acceleration {
    /** oneDNN if it can be used, else DL4J. */
    AUTO,
    /** oneDNN. Fails if it cannot be loaded. */
    ONEDNN,
    /** DL4J's own kernels, with its layer helpers where they apply. */
    DL4J;

    private static final Logger LOG = LoggerFactory.getLogger(Acceleration.class);

    /**
     * Creates and initialises a network. Networks of other types than float32 run with DL4J's own kernels, and networks
     * on another backend than the CPU with {@link OperationHelpers}.
     *
     * @throws IllegalStateException if this is {@link #ONEDNN} and oneDNN cannot be loaded
     */
    ComputationGraph create(ComputationGraphConfiguration configuration, Precision precision) {
        if (!Nd4j.getEnvironment().isCPU()) {
            if (precision != Precision.F32) {
                throw new IllegalStateException(KernelFailures.bfloat16OnGpu());
            }
            return OperationHelpers.create(configuration);
        }
        boolean accelerated = this != DL4J && configuration.getDataType() == DataType.FLOAT && canLoad();
        if (precision != Precision.F32 && !(accelerated && OneDnn.multiplies(precision))) {
            throw new IllegalStateException(
                    accelerated ? KernelFailures.bfloat16OnCpu() : KernelFailures.bfloat16InDl4j());
        }
        return LayerHelpers.enabled(() -> {
            ComputationGraph network = accelerated
                    ? new AcceleratedGraph(configuration, new OneDnn(precision))
                    : new ComputationGraph(configuration);
            network.init();
            return network;
        });
    }

    /**
     * Declares that the parameters of a network no longer change. Predictions then read them only once, and later changes
     * have no effect. Does nothing if DL4J computes the network.
     */
    public static void freeze(ComputationGraph network) {
        if (network instanceof AcceleratedGraph accelerated) {
            accelerated.freeze();
        }
    }

    /**
     * Declares that the parameters of a network do not change until {@link #unsettle}. Predictions then read them only
     * once.
     */
    public static void settle(ComputationGraph network) {
        if (network instanceof AcceleratedGraph accelerated) {
            accelerated.settle();
        }
    }

    /** Declares that the parameters of a network may change again. */
    public static void unsettle(ComputationGraph network) {
        if (network instanceof AcceleratedGraph accelerated) {
            accelerated.unsettle();
        }
    }

    private boolean canLoad() {
        Optional<String> obstacle = OneDnnLibrary.OBSTACLE;
        if (obstacle.isPresent() && this == ONEDNN) {
            throw new IllegalStateException(KernelFailures.oneDnnNotLoaded(obstacle.get()));
        }
        return obstacle.isEmpty();
    }

    /** Searched once, when the first network is created. */
    private static final class OneDnnLibrary {
        static final Optional<String> OBSTACLE = OneDnn.obstacle();

        static {
            OBSTACLE.ifPresent(reason -> LOG.warn(KernelNotices.oneDnnNotLoaded(reason)));
        }
    }
}
