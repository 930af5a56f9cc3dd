package io.github.resnetspark.job.registry;

import io.github.resnetspark.bundle.BundleContents;
import io.github.resnetspark.bundle.BundleWriter;
import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Untrained models for pictures of 32 pixels, one per seed. */
public final class SmallModels {
    private SmallModels() {}

    /** Writes the model of a seed with these classes, and returns its path. */
    public static Path write(Path folder, int seed, List<String> classes) throws IOException {
        ResNetSpec spec = ResNetSpec.cifar(8, Shortcut.A, classes.size());
        Path model = folder.resolve("model-" + seed + "-" + String.join("-", classes));
        BundleWriter.write(
                model,
                new BundleContents(
                        spec,
                        classes,
                        Preprocessing.of(32, Normalization.IMAGENET),
                        "{\"validation\": {\"examples\": 40, \"top1\": 0." + (50 + seed) + "}}"),
                ResNet.create(spec, seed));
        return model;
    }
}
