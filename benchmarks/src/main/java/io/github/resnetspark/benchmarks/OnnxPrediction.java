package io.github.resnetspark.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.onnx.OnnxModel;
import io.github.resnetspark.onnx.OnnxOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The same network, exported, in ONNX Runtime with all of its optimisations. */
final class OnnxPrediction {
    private OnnxPrediction() {}

    static Throughput.Step of(ResNetSpec spec, int batch) throws Exception {
        Path file = Files.createTempDirectory("onnx-prediction").resolve("model.onnx");
        OnnxModel.write(
                ResNet.create(spec, 1),
                file,
                OnnxOptions.asTrained(Preprocessing.of(spec.input(), Normalization.IMAGENET)));
        OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(Integer.parseInt(System.getenv("OMP_NUM_THREADS")));
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        OrtSession session = runtime.createSession(file.toString(), options);
        Files.delete(file);
        Files.delete(file.getParent());

        long[] shape = {batch, 3, spec.input(), spec.input()};
        FloatBuffer pictures = ByteBuffer.allocateDirect(
                        Math.toIntExact(batch * 3L * spec.input() * spec.input() * Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        pictures.put(Work.pictures(spec, batch).data().asFloat()).rewind();
        String input = session.getInputNames().iterator().next();
        return () -> {
            try (OnnxTensor tensor = OnnxTensor.createTensor(runtime, pictures, shape);
                    OrtSession.Result result = session.run(Map.of(input, tensor))) {
                result.get(0).getValue();
            }
        };
    }
}
