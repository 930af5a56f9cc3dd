package io.github.resnetspark.job.recipe;

import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.recipe.RecipeFile;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.source.PrepareSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** All that a recipe says, on the driver. What workers need of it are the sections, which are serializable. */
public final class Recipe {
    /** Every section and key that there is, in the order in which messages and the documentation name them. */
    public static final List<DeclaredSection> SECTIONS = List.of(
            ModelSection.SECTION,
            DataSettings.SECTION,
            PrepareSection.SECTION,
            TrainSettings.SECTION,
            OptimizerSettings.SECTION,
            AveragingSettings.SECTION,
            CheckpointSettings.SECTION,
            ClusterSettings.SECTION,
            AccelSection.SECTION,
            RegistrySettings.SECTION,
            PromoteSettings.SECTION,
            DeliverySettings.PruneSettings.SECTION,
            RetrainSettings.SECTION);

    private final ResNetSpec model;
    private final Optional<URI> modelDirectory;
    private final Optional<URI> shards;
    private final DataSettings data;
    private final Optional<PrepareSettings> prepare;
    private final TrainSettings train;
    private final OptimizerSettings optimizer;
    private final AveragingSettings averaging;
    private final CheckpointSettings checkpoint;
    private final ClusterSettings cluster;
    private final AccelSettings accel;
    private final DeliverySettings delivery;
    private final NavigableMap<String, String> settings = new TreeMap<>();
    private final NavigableMap<String, String> preparationSettings;

    private Recipe(RecipeFile file) {
        RecipeSection modelSection = file.section(ModelSection.SECTION);
        RecipeSection dataSection = file.section(DataSettings.SECTION);
        model = ModelSection.read(modelSection);
        modelDirectory = modelSection.find(ModelSection.DIRECTORY);
        shards = dataSection.find(DataSettings.SHARDS);
        data = DataSettings.from(dataSection, model.input());
        prepare = PrepareSection.read(file.section(PrepareSection.SECTION));
        train = TrainSettings.from(file.section(TrainSettings.SECTION));
        optimizer = OptimizerSettings.from(file.section(OptimizerSettings.SECTION));
        averaging = AveragingSettings.from(file.section(AveragingSettings.SECTION));
        checkpoint = CheckpointSettings.from(file.section(CheckpointSettings.SECTION));
        cluster = ClusterSettings.from(file.section(ClusterSettings.SECTION));
        accel = AccelSection.read(file.section(AccelSection.SECTION));
        delivery = DeliverySettings.from(file);
        for (DeclaredSection section : SECTIONS) {
            if (section != PrepareSection.SECTION) {
                settings.putAll(file.section(section).identity());
            }
        }
        preparationSettings = file.section(PrepareSection.SECTION).identity();
    }

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
        Recipe recipe = new Recipe(file);
        for (Need need : needs) {
            need.check(file, recipe);
        }
        file.finish();
        return recipe;
    }

    /** The network. */
    public ResNetSpec model() {
        return model;
    }

    /** Where the trained model goes. */
    public Optional<URI> modelDirectory() {
        return modelDirectory;
    }

    /** Where the prepared pictures are. */
    public Optional<URI> shards() {
        return shards;
    }

    /** From stored pictures to what the network sees. */
    public DataSettings data() {
        return data;
    }

    /** How pictures become shards; nothing where the recipe names no source. */
    public Optional<PrepareSettings> prepare() {
        return prepare;
    }

    /** How long, and in which portions. */
    public TrainSettings train() {
        return train;
    }

    /** How the parameters move. */
    public OptimizerSettings optimizer() {
        return optimizer;
    }

    /** How often the workers meet. */
    public AveragingSettings averaging() {
        return averaging;
    }

    /** How much work a crash may cost. */
    public CheckpointSettings checkpoint() {
        return checkpoint;
    }

    /** What the job asks Spark for. */
    public ClusterSettings cluster() {
        return cluster;
    }

    /** What computes the layers. */
    public AccelSettings accel() {
        return accel;
    }

    /** What becomes of a finished model. */
    public DeliverySettings delivery() {
        return delivery;
    }

    /**
     * What decides the result of a training, by name, e.g. {@code optimizer.learning-rate}: the values that hold, defaults included.
     * Places are not among them (the shards are known by their manifest), nor is the section {@code prepare}.
     */
    public NavigableMap<String, String> settings() {
        return new TreeMap<>(settings);
    }

    /** What decides how shards look, by name, e.g. {@code prepare.resize}: the values that hold, defaults included. */
    public NavigableMap<String, String> preparationSettings() {
        return new TreeMap<>(preparationSettings);
    }

    /** Pictures that all workers fit in one step together. */
    public int globalBatch() {
        return Math.multiplyExact(cluster.workers(), train.batchSizePerWorker());
    }
}
