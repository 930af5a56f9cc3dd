package io.github.resnetspark.accel.layer;

import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gives a layer what the one whose place it takes has. */
final class Handover {
    private Handover() {}

    static <L extends Layer> L from(Layer stock, L ours) {
        ours.setIndex(stock.getIndex());
        ours.setListeners(stock.getListeners());
        if (stock.params() != null) {
            ours.setParamsViewArray(stock.params());
            ours.setParamTable(stock.paramTable());
        }
        INDArray gradients = stock.getGradientsViewArray();
        if (gradients != null) {
            ours.setBackpropGradientsViewArray(gradients);
        }
        return ours;
    }
}
