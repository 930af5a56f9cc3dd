package io.github.resnetspark.kernels;

import io.github.resnetspark.dl4j.compat.LayerHelpers;
import io.github.resnetspark.kernels.onednn.OneDnn;
import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What computes a network's layers. */
public enum Acceleration {
    /** oneDNN where it can be used, else DL4J. */
    AUTO,
    /** oneDNN; refused where it cannot be loaded. */
    ONEDNN,
    /** DL4J's own path, with its layer helpers where they apply. */
    DL4J;

    private static final Logger LOG = LoggerFactory.getLogger(Acceleration.class);

    /**
     * Makes a network, ready for use. Networks of another type than float32 run on DL4J's own path, and those on another
     * backend than the CPU's with {@link OperationHelpers}.
     *
     * @throws IllegalStateException if this is {@link #ONEDNN} and oneDNN cannot be loaded
     */
    ComputationGraph create(ComputationGraphConfiguration configuration, Precision precision) {
        if (!Nd4j.getEnvironment().isCPU()) {
            if (precision != Precision.F32) {
                throw withoutBfloat16("Layers on a GPU have no bfloat16");
            }
            return OperationHelpers.create(configuration);
        }
        boolean accelerated = this != DL4J && configuration.getDataType() == DataType.FLOAT && canLoad();
        if (precision != Precision.F32 && !(accelerated && OneDnn.multiplies(precision))) {
            throw withoutBfloat16(
                    accelerated
                            ? "This CPU has no bfloat16 instructions (AVX512_BF16)"
                            : "DL4J's own kernels have no bfloat16");
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
     * Says that no parameter of a network will change any more. Predictions then take the weights in the library's own
     * layout, which costs as much memory again; changed all the same, the network goes on with what it had. Where
     * DL4J computes a network, nothing happens.
     */
    public static void freeze(ComputationGraph network) {
        if (network instanceof AcceleratedGraph accelerated) {
            accelerated.freeze();
        }
    }

    private static IllegalStateException withoutBfloat16(String fact) {
        return new IllegalStateException(fact + ", which accel.precision = bf16 needs. Set accel.precision = f32.");
    }

    private boolean canLoad() {
        Optional<String> obstacle = OneDnnLibrary.OBSTACLE;
        if (obstacle.isPresent() && this == ONEDNN) {
            throw new IllegalStateException("oneDNN cannot be loaded (" + obstacle.get()
                    + "). Set accel.kernels = auto to train on DL4J's own kernels.");
        }
        return obstacle.isEmpty();
    }

    /** Looked for once, when the first network is made. */
    private static final class OneDnnLibrary {
        static final Optional<String> OBSTACLE = OneDnn.obstacle();

        static {
            OBSTACLE.ifPresent(reason ->
                    LOG.warn("oneDNN cannot be loaded ({}); networks run on DL4J's own, slower kernels.", reason));
        }
    }
}
