package io.github.resnetspark.onnx;

import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;

/** Networks in which every parameter affects the output. */
final class TrainedLooking {
    private TrainedLooking() {}

    /** Sets gammas, betas and running statistics that differ from those of a new network. */
    static ComputationGraph network(ResNetSpec spec) {
        ComputationGraph network = ResNet.create(spec, 5);
        Random random = new Random(6);
        network.paramTable().forEach((name, values) -> {
            String parameter = name.substring(name.lastIndexOf('_') + 1);
            if (!parameter.equals("W")) {
                float least = Map.of("gamma", 0.2f, "var", 0.5f).getOrDefault(parameter, -0.3f);
                float range = Map.of("gamma", 0.4f, "var", 1f).getOrDefault(parameter, 0.6f);
                float[] drawn = new float[Math.toIntExact(values.length())];
                for (int i = 0; i < drawn.length; i++) {
                    drawn[i] = least + range * random.nextFloat();
                }
                values.assign(Nd4j.createFromArray(drawn).reshape(values.shape()));
            }
        });
        return network;
    }
}
