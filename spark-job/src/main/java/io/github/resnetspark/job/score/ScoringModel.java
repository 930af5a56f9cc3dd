package io.github.resnetspark.job.score;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.replica.GraphState;
import io.github.resnetspark.network.ResNetSpec;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * What every task needs from the model.
 *
 * @param network which network
 * @param parameters of the network, including running statistics
 * @param labels the names of the classes
 * @param preprocessing how a picture becomes the network's input
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of floats, which are never compared.
record ScoringModel(ResNetSpec network, float[] parameters, List<String> labels, Preprocessing preprocessing)
        implements Serializable {
    /** Reads a model directory, on any file system. */
    static ScoringModel read(ModelDirectory directory) throws IOException {
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            return read(directory.local(scratch.path()));
        }
    }

    /** Reads a local model directory. */
    static ScoringModel read(Path directory) throws IOException {
        Bundle bundle = Bundle.open(directory);
        return new ScoringModel(bundle.spec(), GraphState.parameters(bundle), bundle.labels(), bundle.preprocessing());
    }
}
