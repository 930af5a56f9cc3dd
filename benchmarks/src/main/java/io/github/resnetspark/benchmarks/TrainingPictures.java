package io.github.resnetspark.benchmarks;

import io.github.resnetspark.job.cli.ResNetSpark;
import io.github.resnetspark.job.quickstart.PictureSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Pictures of 32 × 32 to train on.
 *
 * @param title what they are
 * @param source for {@code prepare.source}
 */
record TrainingPictures(String title, Path source) {

    /** CIFAR-10 of the test data. Without it, pictures like those of the quickstart are written to this folder. */
    static TrainingPictures find(Scratch scratch) throws IOException {
        String data = System.getenv("RESNET_SPARK_TEST_DATA");
        if (data != null) {
            return new TrainingPictures("CIFAR-10", Path.of(data, "cifar10", "cifar-10-binary.tar.xz"));
        }
        Path pictures = scratch.path().resolve("pictures");
        new PictureSet(1000, 1, 1).write(pictures);
        return new TrainingPictures("the quickstart's pictures", pictures);
    }

    /** Prepares shards of them. */
    Path shards(Scratch scratch) throws IOException, InterruptedException {
        Path shards = scratch.path().resolve("shards");
        new JavaProcess(1, "2g")
                .run(
                        ResNetSpark.class,
                        List.of("prepare", "--set", "prepare.source=" + source, "--set", "data.shards=" + shards));
        return shards;
    }
}
