package io.github.resnetspark.kernels;

import io.github.resnetspark.dl4j.compat.LayerHelpers;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNBatchNormHelper;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNSubsamplingHelper;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Networks whose convolution, batch-norm and pooling layers run as single ND4J operations on any backend. ND4J's native
 * library passes them on to cuDNN if it was built with it. DL4J M2.1 has such helpers for the CPU only; without them, a
 * GPU unrolls every convolution into a matrix. Arrays are NCHW.
 *
 * <p>Despite their names, the helpers that these extend do not depend on a backend, except in the check whether they
 * may be used.
 */
final class OperationHelpers {
    private OperationHelpers() {}

    /**
     * Creates and initialises a network with these helpers. Networks of other types than float32 keep DL4J's own
     * kernels.
     */
    static ComputationGraph create(ComputationGraphConfiguration configuration) {
        // DL4J's own search would look for classes that were never released, and log that for every layer.
        return LayerHelpers.disabled(() -> {
            ComputationGraph network = new ComputationGraph(configuration);
            network.init();
            for (Layer layer : network.getLayers()) {
                attach(layer, configuration.getDataType());
            }
            return network;
        });
    }

    private static void attach(Layer layer, DataType type) {
        if (type != DataType.FLOAT) {
            return;
        }
        if (layer.getClass() == ConvolutionLayer.class) {
            LayerHelpers.give(layer, ConvolutionLayer.class, new ConvolutionOperation(type));
        } else if (layer instanceof BatchNormalization batchNorm
                && !batchNorm.layerConf().isLockGammaBeta()) {
            LayerHelpers.give(layer, BatchNormalization.class, new BatchNormOperation(type));
        } else if (layer.getClass() == SubsamplingLayer.class) {
            LayerHelpers.give(layer, SubsamplingLayer.class, new PoolOperation(type));
        }
    }

    /**
     * {@code conv2d} and {@code conv2d_bp}. A convolution layer passes a missing bias as null to helpers of the
     * superclass; other helpers get a substitute.
     */
    static final class ConvolutionOperation extends MKLDNNConvHelper {
        ConvolutionOperation(DataType type) {
            super(type);
        }

        @Override
        public boolean checkSupported() {
            return true;
        }
    }

    /** {@code batchnorm} and {@code batchnorm_bp}, with γ and β. */
    static final class BatchNormOperation extends MKLDNNBatchNormHelper {
        BatchNormOperation(DataType type) {
            super(type);
        }

        @Override
        public boolean checkSupported() {
            return true;
        }

        @Override
        public boolean checkSupported(double epsilon, boolean fixedGammaBeta) {
            return !fixedGammaBeta;
        }
    }

    /** {@code maxpool2d}, {@code avgpool2d} and their gradients. */
    static final class PoolOperation extends MKLDNNSubsamplingHelper {
        PoolOperation(DataType type) {
            super(type);
        }

        @Override
        public boolean checkSupported() {
            return true;
        }
    }
}
