package io.github.resnetspark.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.image.EvaluationTransform;
import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.predict.Predictor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A way to classify pictures with one model directory. */
enum Classifier {
    /** From encoded pictures to probabilities. */
    PREDICTOR("Predictor"),
    /** The same: pictures are decoded by this project's code, on all cores if there are several, and then classified. */
    ONNX_RUNTIME("ONNX Runtime, same decoding"),
    /** The network alone, with decoded pictures. */
    ONNX_RUNTIME_READY("ONNX Runtime, pictures ready");

    private final String title;

    Classifier(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Creates work that classifies these pictures once each time it runs. Its resources are freed when the process ends. */
    Throughput.Step of(Path model, List<byte[]> pictures) throws Exception {
        if (this == PREDICTOR) {
            Predictor predictor = Predictor.open(model);
            return () -> predictor.predictAll(pictures);
        }
        Preprocessing preprocessing = Bundle.open(model).preprocessing();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(Integer.parseInt(System.getenv("OMP_NUM_THREADS")));
        OrtSession session = OrtEnvironment.getEnvironment()
                .createSession(model.resolve("model.onnx").toString(), options);
        float[] ready = decoded(pictures, preprocessing);
        return this == ONNX_RUNTIME
                ? () -> run(session, decoded(pictures, preprocessing), preprocessing)
                : () -> run(session, ready, preprocessing);
    }

    private static float[] decoded(List<byte[]> pictures, Preprocessing preprocessing) {
        ImageCodec codec = new ImageCodec();
        EvaluationTransform transform = new EvaluationTransform(preprocessing);
        float[] values = new float[pictures.size() * preprocessing.inputLength()];
        IntStream places = IntStream.range(0, pictures.size());
        (pictures.size() == 1 ? places : places.parallel())
                .forEach(i -> transform.apply(codec.decode(pictures.get(i)), values, i * preprocessing.inputLength()));
        return values;
    }

    private static void run(OrtSession session, float[] values, Preprocessing preprocessing) throws OrtException {
        int side = preprocessing.inputSize();
        long[] shape = {values.length / preprocessing.inputLength(), 3, side, side};
        try (OnnxTensor input =
                        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(values), shape);
                OrtSession.Result result = session.run(Map.of("input", input))) {
            result.get(0).getValue();
        }
    }
}
