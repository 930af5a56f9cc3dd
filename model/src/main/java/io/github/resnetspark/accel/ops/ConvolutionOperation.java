package io.github.resnetspark.accel.ops;

import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * {@code conv2d} and {@code conv2d_bp}. In spite of its name, nothing in the class above depends on a backend but the question
 * whether it may be used. A convolution layer gives helpers of that class its missing bias as none; others get a made-up one.
 */
final class ConvolutionOperation extends MKLDNNConvHelper {
    ConvolutionOperation(DataType type) {
        super(type);
    }

    @Override
    public boolean checkSupported() {
        return true;
    }
}
