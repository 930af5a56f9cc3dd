package io.github.resnetspark.job.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import scala.Tuple2;

/** Every kind of network, specified on the driver and created in a task. */
class NetworksThroughSparkIT {
    private static final int SIZE = 8;

    @Test
    void giveTheSameOutputsInATask() {
        List<ResNetSpec> networks = everyKind();
        Map<ResNetSpec, float[]> made;
        try (JavaSparkContext spark = LocalSpark.open(2)) {
            made = spark.parallelize(networks, 4)
                    .mapToPair(network -> new Tuple2<>(network, outputs(network)))
                    .collectAsMap();
        }

        assertThat(networks).hasSizeGreaterThan(20);
        assertThat(made.keySet()).containsExactlyInAnyOrderElementsOf(networks);
        made.forEach((network, outputs) ->
                assertThat(outputs).as(network.displayName()).isEqualTo(outputs(network)));
    }

    private static float[] outputs(ResNetSpec network) {
        ComputationGraph made = ResNet.create(network, 7);
        INDArray picture = Nd4j.arange(3 * SIZE * SIZE)
                .castTo(DataType.FLOAT)
                .divi(3 * SIZE * SIZE)
                .reshape(1, 3, SIZE, SIZE);
        float[] outputs = made.outputSingle(picture).toFloatVector();
        made.close();
        return outputs;
    }

    private static List<ResNetSpec> everyKind() {
        List<ResNetSpec> networks = new ArrayList<>();
        for (Block block : Block.values()) {
            for (Variant variant : Variant.values()) {
                for (Shortcut shortcut : Shortcut.values()) {
                    boolean exists = variant != Variant.AUTHORS && !(variant == Variant.D && shortcut == Shortcut.NONE);
                    if (exists) {
                        int depth = block == Block.BASIC ? 8 : 11;
                        networks.add(
                                new ResNetSpec(Family.CIFAR, depth, block, variant, shortcut, true, false, 4, SIZE));
                    }
                }
            }
        }
        return networks;
    }
}
