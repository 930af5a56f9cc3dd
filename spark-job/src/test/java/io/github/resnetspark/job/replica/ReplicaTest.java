package io.github.resnetspark.job.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.image.Thumbnail;
import io.github.resnetspark.job.input.FloatArrays;
import io.github.resnetspark.job.input.GeneratedShards;
import io.github.resnetspark.job.input.MinibatchReader;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.input.ShardSet;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.ReplicaShare;
import io.github.resnetspark.job.plan.RoundPlan;
import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.shard.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class ReplicaTest {
    @Test
    void mirroredProbabilitiesAreTheMeansOverAPictureAndItsMirrorImage(@TempDir Path folder) throws Exception {
        ShardSet shards = GeneratedShards.write(folder, Split.VALIDATION, 20, 20, 3);
        MinibatchSource source = GeneratedShards.source(shards);
        ReplicaShare share = RoundPlan.at(EpochPlan.of(shards.rowGroups(), 0, 0, 1), 0, 1, 2, 10)
                .shares()
                .get(0);
        ComputationGraph network = ResNet.create(GeneratedShards.NETWORK, 5);
        List<float[]> answers = new ArrayList<>();
        List<String> thumbnails = new ArrayList<>();
        Replica replica = ReplicaSpec.forEvaluation("mirror", GeneratedShards.NETWORK, AccelSettings.DEFAULT)
                .make();
        replica.classify(source, FloatArrays.read(network.params()), share, true, (probabilities, label, thumbnail) -> {
            answers.add(probabilities.clone());
            thumbnails.add(thumbnail.get());
        });

        try (MinibatchReader reader = new MinibatchReader(source, share, 0)) {
            for (int minibatch = 0; minibatch < 2; minibatch++) {
                INDArray pictures = reader.next().getFeatures();
                INDArray mirrored = pictures.dup();
                int side = GeneratedShards.SIZE;
                for (int x = 0; x < side; x++) {
                    for (int i = 0; i < pictures.size(0); i++) {
                        for (int channel = 0; channel < 3; channel++) {
                            for (int y = 0; y < side; y++) {
                                mirrored.putScalar(
                                        new int[] {i, channel, y, x}, pictures.getFloat(i, channel, y, side - 1 - x));
                            }
                        }
                    }
                }
                INDArray mean = network.outputSingle(false, pictures)
                        .dup()
                        .addi(network.outputSingle(false, mirrored))
                        .divi(2);
                for (int i = 0; i < 10; i++) {
                    for (int label = 0; label < GeneratedShards.CLASSES; label++) {
                        assertThat(answers.get(minibatch * 10 + i)[label])
                                .isCloseTo(mean.getFloat(i, label), within(1e-5f));
                    }
                    assertThat(thumbnails.get(minibatch * 10 + i))
                            .as("the picture itself, not its mirror image")
                            .isEqualTo(Thumbnail.ofInput(
                                    pictures.slice(i).dup('c').data().asFloat(),
                                    side,
                                    source.preprocessing().normalization()));
                }
            }
        } finally {
            replica.close();
        }
    }
}
