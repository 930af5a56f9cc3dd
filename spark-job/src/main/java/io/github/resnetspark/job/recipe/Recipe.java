package io.github.resnetspark.job.recipe;

import io.github.resnetspark.accel.AccelSettings;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.recipe.RecipeFile;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.resnet.ResNetSpec;
import io.github.resnetspark.source.PrepareSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that a recipe says, on the driver. What workers need of it are the sections, which are serializable.
 *
 * @param model the network
 * @param modelDirectory where the trained model goes
 * @param shards where the prepared pictures are
 * @param data from stored pictures to what the network sees
 * @param prepare how pictures become shards; nothing where the recipe names no source
 * @param train how long, and in which portions
 * @param optimizer how the parameters move
 * @param averaging how often the workers meet
 * @param checkpoint how much work a crash may cost
 * @param cluster what the job asks Spark for
 * @param accel what computes the layers
 * @param delivery what becomes of a finished model
 */
public record Recipe(
        ResNetSpec model,
        Optional<URI> modelDirectory,
        Optional<URI> shards,
        DataSettings data,
        Optional<PrepareSettings> prepare,
        TrainSettings train,
        OptimizerSettings optimizer,
        AveragingSettings averaging,
        CheckpointSettings checkpoint,
        ClusterSettings cluster,
        AccelSettings accel,
        DeliverySettings delivery) {

    /**
     * Reads a recipe.
     *
     * @param file a HOCON file on a local disk; without one, the defaults hold
     * @param overrides each {@code section.key=value}, above the file
     * @param needs keys without a default that must be there
     * @throws RecipeException with every problem, if there is one
     */
    public static Recipe load(Optional<Path> file, List<String> overrides, Need... needs) {
        return of(
                file.map(path -> RecipeFile.load(path, overrides)).orElseGet(() -> RecipeFile.withoutFile(overrides)),
                needs);
    }

    /**
     * The recipe of a file that was read.
     *
     * @param needs keys without a default that must be there
     * @throws RecipeException with every problem, if there is one
     */
    public static Recipe of(RecipeFile file, Need... needs) {
        RecipeSection model = file.section("model");
        RecipeSection data = file.section("data");
        ResNetSpec network = ModelSection.read(model);
        Recipe recipe = new Recipe(
                network,
                model.uri("dir", "Set it to a folder that does not exist yet, e.g. file:/models/resnet20."),
                data.uri("shards", "Set it to the folder of the shards, e.g. hdfs://namenode:8020/shards/cifar10."),
                DataSettings.from(data, network.input()),
                PrepareSection.read(file.section("prepare")),
                TrainSettings.from(file.section("train")),
                OptimizerSettings.from(file.section("optimizer")),
                AveragingSettings.from(file.section("averaging")),
                CheckpointSettings.from(file.section("checkpoint")),
                ClusterSettings.from(file.section("cluster")),
                AccelSection.read(file.section("accel")),
                DeliverySettings.from(file));
        for (Need need : needs) {
            need.check(file, recipe);
        }
        file.finish();
        return recipe;
    }

    /** Pictures that all workers fit in one step together. */
    public int globalBatch() {
        return Math.multiplyExact(cluster.workers(), train.batchSizePerWorker());
    }
}
