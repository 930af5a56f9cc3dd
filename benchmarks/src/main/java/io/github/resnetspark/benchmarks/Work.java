package io.github.resnetspark.benchmarks;

import io.github.resnetspark.dl4j.compat.LayerHelpers;
import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.kernels.Acceleration;
import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import java.util.List;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/** What to do with a network, and with which library. */
enum Work {
    /** Training with DL4J as shipped: no helpers, no cache, its own L2. */
    TRAIN_STOCK("training, DL4J as shipped"),
    /** Training with DL4J's own kernels and all its helpers. */
    TRAIN_HELPERS("training, DL4J with helpers"),
    /** Training with our kernels. */
    TRAIN("training, ours"),
    /** The same in bfloat16. */
    TRAIN_BF16("training, ours, bf16"),
    /** The limit: the network's primitives alone, one after another. */
    TRAIN_PRIMITIVES("training, raw primitives"),
    /** Prediction with DL4J's own kernels. */
    PREDICT_HELPERS("prediction, DL4J with helpers"),
    /** Prediction with our kernels. */
    PREDICT("prediction, ours"),
    /** The same in bfloat16. */
    PREDICT_BF16("prediction, ours, bf16"),
    /** Prediction with ONNX Runtime. */
    PREDICT_ONNX("prediction, ONNX Runtime");

    private static final ResNet.LearningRule RULE = new ResNet.LearningRule(new Nesterovs(0.001, 0.9), 1e-4);

    private final String title;

    Work(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The work on random pictures. */
    Throughput.Step on(ResNetSpec spec, int batch) throws Exception {
        return switch (this) {
            case TRAIN_STOCK -> training(stock(spec), spec, batch);
            case TRAIN_HELPERS -> training(create(spec, Acceleration.DL4J, Precision.F32), spec, batch);
            case TRAIN -> training(create(spec, Acceleration.ONEDNN, Precision.F32), spec, batch);
            case TRAIN_BF16 -> training(create(spec, Acceleration.ONEDNN, Precision.BF16), spec, batch);
            case TRAIN_PRIMITIVES -> new RawPrimitives(spec, batch)::run;
            case PREDICT_HELPERS -> prediction(create(spec, Acceleration.DL4J, Precision.F32), spec, batch);
            case PREDICT -> prediction(create(spec, Acceleration.ONEDNN, Precision.F32), spec, batch);
            case PREDICT_BF16 -> prediction(create(spec, Acceleration.ONEDNN, Precision.BF16), spec, batch);
            case PREDICT_ONNX -> OnnxPrediction.of(spec, batch);
        };
    }

    static INDArray pictures(ResNetSpec spec, int batch) {
        return Nd4j.randn(DataType.FLOAT, batch, 3, spec.input(), spec.input());
    }

    private static Throughput.Step training(ComputationGraph network, ResNetSpec spec, int batch) {
        INDArray[] pictures = {pictures(spec, batch)};
        INDArray[] labels = {Nd4j.zeros(DataType.FLOAT, batch, spec.classes())};
        for (int i = 0; i < batch; i++) {
            labels[0].putScalar(i, i % spec.classes(), 1);
        }
        return () -> network.fit(pictures, labels);
    }

    private static Throughput.Step prediction(ComputationGraph network, ResNetSpec spec, int batch) {
        Acceleration.freeze(network);
        INDArray pictures = pictures(spec, batch);
        return () -> network.outputSingle(false, pictures);
    }

    private static ComputationGraph create(ResNetSpec spec, Acceleration kernels, Precision precision) {
        return ResNet.create(spec, RULE, 1, DataType.FLOAT, new AccelSettings(kernels, precision));
    }

    private static ComputationGraph stock(ResNetSpec spec) {
        ComputationGraphConfiguration configuration = ResNet.configuration(spec, RULE, 1, DataType.FLOAT);
        configuration.setCacheMode(CacheMode.NONE);
        configuration.getVertices().values().forEach(vertex -> {
            if (vertex instanceof LayerVertex layer) {
                layer.getLayerConf().setCacheMode(CacheMode.NONE);
                if (layer.getLayerConf().getLayer() instanceof BaseLayer weights
                        && !weights.getRegularization().isEmpty()) {
                    weights.setRegularization(List.of(new L2Regularization(1e-4)));
                }
            }
        });
        return LayerHelpers.disabled(() -> {
            ComputationGraph network = new ComputationGraph(configuration);
            network.init();
            return network;
        });
    }
}
