package io.github.resnetspark.job.recipe;

import io.github.resnetspark.job.schedule.AveragingSchedule;
import io.github.resnetspark.job.schedule.LearningRateSchedule;
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

/** A whole recipe, on the driver. Workers get the sections that they need, which are serializable. */
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

    /** What the name of a run directory next to a model directory ends with. */
    public static final String RUN_SUFFIX = ".run";

    /** What the name of the lock of a run directory ends with. */
    public static final String LOCK_SUFFIX = ".lock";

    private final RecipeFile file;
    private final ResNetSpec model;
    private final Optional<URI> modelDirectory;
    private final Optional<URI> shards;
    private final DataSettings data;
    private final Optional<PrepareSettings> prepare;
    private final TrainSettings train;
    private final OptimizerSettings optimizer;
    private final AveragingSettings averaging;
    private final CheckpointSettings checkpoint;
    private final Optional<URI> checkpointDirectory;
    private final ClusterSettings cluster;
    private final AccelSettings accel;
    private final DeliverySettings delivery;
    private final boolean defaultCluster;
    private final boolean describesInput;
    private final NavigableMap<String, String> settings = new TreeMap<>();
    private final NavigableMap<String, String> preparationSettings;

    private Recipe(RecipeFile file, boolean continues) {
        this.file = file;
        RecipeSection modelSection = file.section(ModelSection.SECTION);
        RecipeSection dataSection = file.section(DataSettings.SECTION);
        model = ModelSection.read(modelSection);
        modelDirectory = modelSection.find(ModelSection.DIRECTORY);
        describesInput = ModelSection.describesInput(modelSection) || DataSettings.describesInput(dataSection);
        shards = dataSection.find(DataSettings.SHARDS);
        data = DataSettings.from(dataSection, model);
        prepare = PrepareSection.read(file.section(PrepareSection.SECTION));
        train = TrainSettings.from(file.section(TrainSettings.SECTION));
        optimizer = OptimizerSettings.from(file.section(OptimizerSettings.SECTION), model, train.epochs(), continues);
        averaging = AveragingSettings.from(file.section(AveragingSettings.SECTION), optimizer);
        checkpoint = CheckpointSettings.from(file.section(CheckpointSettings.SECTION));
        checkpointDirectory = file.section(CheckpointSettings.SECTION).find(CheckpointSettings.DIRECTORY);
        cluster = ClusterSettings.from(file.section(ClusterSettings.SECTION));
        defaultCluster = ClusterSettings.isDefault(file.section(ClusterSettings.SECTION));
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
     * @param file a HOCON file on a local disk; without it, the defaults apply
     * @param overrides each {@code section.key=value}; they win over the file
     * @param needs keys without a default that must be set
     * @throws RecipeException with all problems, if there are any
     */
    public static Recipe load(Optional<Path> file, List<String> overrides, Need... needs) {
        return of(
                file.map(path -> RecipeFile.load(path, overrides)).orElseGet(() -> RecipeFile.withoutFile(overrides)),
                needs);
    }

    /**
     * The recipe of a file that was read.
     *
     * @param needs keys without a default that must be set
     * @throws RecipeException with all problems, if there are any
     */
    public static Recipe of(RecipeFile file, Need... needs) {
        Recipe recipe = new Recipe(file, false);
        for (Need need : needs) {
            need.check(file, recipe);
        }
        file.finish();
        return recipe;
    }

    /** The same recipe for a training that starts from the weights of another model. Some defaults differ. */
    public Recipe continuing() {
        return new Recipe(file, true);
    }

    /** The network. */
    public ResNetSpec model() {
        return model;
    }

    /** Where to write the trained model. */
    public Optional<URI> modelDirectory() {
        return modelDirectory;
    }

    /** Where a training keeps its own files: {@code checkpoint.dir}, or next to the model directory. */
    public Optional<URI> runDirectory() {
        return checkpointDirectory.or(() -> modelDirectory.map(Recipe::runDirectoryBeside));
    }

    /** Where a training keeps its own files by default: next to the model directory, with {@link #RUN_SUFFIX}. */
    public static URI runDirectoryBeside(URI model) {
        return new org.apache.hadoop.fs.Path(model).suffix(RUN_SUFFIX).toUri();
    }

    /** Where the prepared pictures are. */
    public Optional<URI> shards() {
        return shards;
    }

    /** How stored pictures become network input. */
    public DataSettings data() {
        return data;
    }

    /** How pictures become shards; empty if the recipe has no source. */
    public Optional<PrepareSettings> prepare() {
        return prepare;
    }

    /** How long to train, in which batches, and when to validate. */
    public TrainSettings train() {
        return train;
    }

    /** The optimizer and its learning-rate schedule. */
    public OptimizerSettings optimizer() {
        return optimizer;
    }

    /** How the replicas are averaged. */
    public AveragingSettings averaging() {
        return averaging;
    }

    /** How much work a crash may cost. */
    public CheckpointSettings checkpoint() {
        return checkpoint;
    }

    /** How many Spark task slots the job uses. */
    public ClusterSettings cluster() {
        return cluster;
    }

    /** Whether the recipe leaves the number of workers and replicas to the defaults. */
    public boolean hasDefaultCluster() {
        return defaultCluster;
    }

    /** Whether the recipe says what pictures the network sees, rather than leave it to the defaults. */
    public boolean describesInput() {
        return describesInput;
    }

    /** Which library computes the layers. */
    public AccelSettings accel() {
        return accel;
    }

    /** What happens to a finished model. */
    public DeliverySettings delivery() {
        return delivery;
    }

    /**
     * The settings that decide the result of a training, by name, e.g. {@code optimizer.learning-rate}, including defaults. Without
     * locations (the shards are identified by their manifest), and without the section {@code prepare}.
     */
    public NavigableMap<String, String> settings() {
        return new TreeMap<>(settings);
    }

    /** The settings that decide the contents of shards, by name, e.g. {@code prepare.resize}, including defaults. */
    public NavigableMap<String, String> preparationSettings() {
        return new TreeMap<>(preparationSettings);
    }

    /** Pictures of one step of all replicas together. */
    public int globalBatch() {
        return Math.multiplyExact(
                Math.multiplyExact(cluster.workers(), cluster.replicas()), train.batchSizePerReplica());
    }

    /**
     * A replica's minibatches of an epoch, which is the largest possible averaging interval.
     *
     * @param examples number of examples of an epoch, at least 1
     */
    public int epochMinibatches(long examples) {
        return Math.toIntExact((examples + globalBatch() - 1) / globalBatch());
    }

    /** The learning rate over the whole run. */
    public LearningRateSchedule learningRate() {
        return optimizer.learningRateSchedule(train.epochs(), globalBatch());
    }

    /**
     * The averaging interval over the whole run.
     *
     * @param examples number of examples of an epoch, at least 1
     */
    public AveragingSchedule averagingInterval(long examples) {
        return averaging.schedule(train.epochs(), optimizer.warmupEpochs(), learningRate(), epochMinibatches(examples));
    }
}
