package io.github.resnetspark.accel.ops;

import org.deeplearning4j.nn.layers.mkldnn.MKLDNNSubsamplingHelper;
import org.nd4j.linalg.api.buffer.DataType;

/** {@code maxpool2d}, {@code avgpool2d} and their gradients. */
final class PoolOperation extends MKLDNNSubsamplingHelper {
    PoolOperation(DataType type) {
        super(type);
    }

    @Override
    public boolean checkSupported() {
        return true;
    }
}
