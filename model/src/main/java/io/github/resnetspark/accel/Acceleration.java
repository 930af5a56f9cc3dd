package io.github.resnetspark.accel;

import io.github.resnetspark.accel.onednn.OneDnn;
import io.github.resnetspark.accel.ops.OperationHelpers;
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
    public ComputationGraph create(ComputationGraphConfiguration configuration) {
        boolean applicable =
                this != DL4J && Nd4j.getEnvironment().isCPU() && configuration.getDataType() == DataType.FLOAT;
        boolean accelerated = applicable && canLoad();
        if (!Nd4j.getEnvironment().isCPU()) {
            return OperationHelpers.create(configuration);
        }
        return LayerHelpers.enabled(() -> {
            ComputationGraph network = accelerated
                    ? new AcceleratedGraph(configuration, new OneDnn())
                    : new ComputationGraph(configuration);
            network.init();
            return network;
        });
    }

    private boolean canLoad() {
        Optional<String> obstacle = OneDnnLibrary.OBSTACLE;
        if (obstacle.isPresent() && this == ONEDNN) {
            throw new IllegalStateException("oneDNN cannot be loaded (" + obstacle.get()
                    + "). Set accel = auto to train on DL4J's own kernels.");
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
