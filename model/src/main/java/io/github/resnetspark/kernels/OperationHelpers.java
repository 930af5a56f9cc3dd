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
 * Networks whose convolution, batch-norm and pooling layers run as single operations of ND4J's, on whatever backend there is;
 * its native library passes them on to cuDNN where it was built with it. DL4J M2.1 itself has such helpers for the CPU only;
 * without them a GPU unrolls every convolution into a matrix. Arrays are NCHW.
 *
 * <p>In spite of their names, nothing in the helpers that these extend depends on a backend but the question whether they may
 * be used.
 */
final class OperationHelpers {
    private OperationHelpers() {}

    /** Makes a network with them, ready for use. Of another type than float32 it stays on DL4J's own path. */
    static ComputationGraph create(ComputationGraphConfiguration configuration) {
        // DL4J's own search would look for classes that were never released, and say so for every layer.
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
     * {@code conv2d} and {@code conv2d_bp}. A convolution layer gives helpers of the class above its missing bias as none; others
     * get a made-up one.
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
