package io.github.resnetspark.accel.ops;

import org.deeplearning4j.nn.layers.mkldnn.MKLDNNBatchNormHelper;
import org.nd4j.linalg.api.buffer.DataType;

/** {@code batchnorm} and {@code batchnorm_bp}, with γ and β. */
final class BatchNormOperation extends MKLDNNBatchNormHelper {
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
