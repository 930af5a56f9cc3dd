package io.github.resnetspark.accel.ops;

import io.github.resnetspark.accel.LayerHelpers;
import java.lang.reflect.Field;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.LayerHelper;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.nd4j.linalg.api.buffer.DataType;

/** Networks whose convolution, batch-norm and pooling layers run as operations of ND4J's, on whatever backend there is. */
public final class OperationHelpers {
    private OperationHelpers() {}

    /** Makes a network with them, ready for use. Of another type than float32 it stays on DL4J's own path. */
    public static ComputationGraph create(ComputationGraphConfiguration configuration) {
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
            set(layer, ConvolutionLayer.class, new ConvolutionOperation(type));
        } else if (layer instanceof BatchNormalization batchNorm
                && !batchNorm.layerConf().isLockGammaBeta()) {
            set(layer, BatchNormalization.class, new BatchNormOperation(type));
        } else if (layer.getClass() == SubsamplingLayer.class) {
            set(layer, SubsamplingLayer.class, new PoolOperation(type));
        }
    }

    /** DL4J has no other way in: a layer makes its own helper, from a list of class names that is closed. */
    private static void set(Layer layer, Class<?> declaring, LayerHelper helper) {
        try {
            Field field = declaring.getDeclaredField("helper");
            field.setAccessible(true);
            field.set(layer, helper);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("DL4J's " + declaring.getSimpleName() + " takes no helper", e);
        }
    }
}
