package io.github.resnetspark.job.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.image.SixteenBit;
import io.github.resnetspark.image.augment.Augmentation;
import io.github.resnetspark.image.augment.ColorJitter;
import io.github.resnetspark.image.augment.PictureVariation;
import io.github.resnetspark.image.augment.RandomErasing;
import io.github.resnetspark.intake.PictureSettings;
import io.github.resnetspark.intake.PictureSettings.PictureCheck;
import io.github.resnetspark.intake.ResizePolicy;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.input.MinibatchVariation;
import io.github.resnetspark.job.recipe.AveragingSettings.InnerMomentum;
import io.github.resnetspark.job.recipe.ClusterSettings.Balance;
import io.github.resnetspark.job.recipe.DeliverySettings.PruneSettings;
import io.github.resnetspark.job.schedule.AveragingSchedule;
import io.github.resnetspark.job.schedule.LearningRateSchedule;
import io.github.resnetspark.job.schedule.Schedule;
import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.kernels.Acceleration;
import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import io.github.resnetspark.message.model.NetworkFailures;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.ResNetSpec.Initialization;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Stem;
import io.github.resnetspark.network.Variant;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.PrepareSettings.SynsetFiles;
import io.github.resnetspark.source.PrepareSettings.TableFiles;
import io.github.resnetspark.source.PrepareSettings.TableSettings;
import io.github.resnetspark.source.SourceFormat;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
    @Test
    void everyDefaultIsAsDocumented() {
        Recipe recipe = recipe();

        assertThat(recipe.model())
                .isEqualTo(new ResNetSpec(Family.CIFAR, 20, Block.BASIC, Variant.V1, Shortcut.A, true, false, 10, 32));
        assertThat(recipe.modelDirectory()).isEmpty();
        assertThat(recipe.shards()).isEmpty();
        assertThat(recipe.data())
                .isEqualTo(new DataSettings(
                        List.of(),
                        List.of(),
                        new PictureVariation(Augmentation.PAD_CROP_FLIP, ColorJitter.NONE, RandomErasing.NONE),
                        MinibatchVariation.NONE,
                        32,
                        new InputSizes(List.of(32), List.of()),
                        4,
                        1,
                        4,
                        MinibatchSource.LocalCache.NONE));
        assertThat(recipe("data.cache-dir=/scratch").data().cache())
                .isEqualTo(new MinibatchSource.LocalCache("/scratch", 16L << 30));
        assertThat(recipe.prepare()).isEmpty();
        assertThat(recipe.train()).isEqualTo(new TrainSettings(90, 32, 1, 0.1, 1, 0, 0.0, 0));
        assertThat(recipe.optimizer())
                .isEqualTo(new OptimizerSettings(
                        0.1, 256, 0.9, 5e-4, 0, 0, Map.of(), Schedule.COSINE, 4.5, List.of(0.333, 0.667, 0.889), 0.1));
        assertThat(recipe.averaging())
                .isEqualTo(new AveragingSettings(
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        InnerMomentum.AVERAGE,
                        0,
                        1,
                        0));
        assertThat(recipe.checkpoint()).isEqualTo(new CheckpointSettings(1000, Duration.ofMinutes(10), 3));
        assertThat(recipe.cluster())
                .isEqualTo(new ClusterSettings(
                        2, Optional.of(1), 2, 2, Duration.ofMinutes(10), Optional.empty(), Balance.EVEN));
        assertThat(recipe.accel()).isEqualTo(AccelSettings.DEFAULT);
        assertThat(recipe.delivery())
                .isEqualTo(new DeliverySettings(
                        new RegistrySettings(Optional.empty(), Optional.empty()),
                        new PromoteSettings(0.0, 0.0, Optional.empty()),
                        new PruneSettings(5),
                        new RetrainSettings(RetrainSettings.Start.CURRENT)));
    }

    @Test
    void readsWhatHappensToAFinishedModel() {
        assertThat(recipe(
                                "registry.dir=hdfs://namenode:8020/models",
                                "registry.name=flowers",
                                "promote.margin=-0.01",
                                "promote.min-top1=0.7",
                                "promote.shards=file:/data/golden",
                                "prune.keep=3",
                                "retrain.start=scratch")
                        .delivery())
                .isEqualTo(new DeliverySettings(
                        new RegistrySettings(
                                Optional.of(URI.create("hdfs://namenode:8020/models")), Optional.of("flowers")),
                        new PromoteSettings(-0.01, 0.7, Optional.of(URI.create("file:/data/golden"))),
                        new PruneSettings(3),
                        new RetrainSettings(RetrainSettings.Start.SCRATCH)));
        assertThat(problems("registry.name=../etc", "promote.margin=2", "prune.keep=0", "retrain.start=current-one"))
                .containsExactlyInAnyOrder(
                        "--set registry.name: name is '../etc' but must be letters, digits, _, - and . only, and begin with"
                                + " a letter, a digit or _. Set it to a plain name, e.g. flowers.",
                        "--set promote.margin: margin is 2 but must be between -1 and 1."
                                + " Set it to the gain in top-1 that a new model must bring, e.g. 0.002.",
                        "--set prune.keep: keep is 0 but must be at least 1."
                                + " Set it to the number of newest versions to keep, e.g. 5.",
                        "--set retrain.start: start is current-one but must be one of current, scratch."
                                + " Choose current to start from the current version, or scratch to start from random weights.");
    }

    @Test
    void usesTheUsualNetworkOfTheFamilyByDefault() {
        assertThat(recipe("model.family=imagenet").model()).isEqualTo(ResNetSpec.imageNet(50, 1000));
        assertThat(recipe("model.family=imagenet", "model.depth=18").model().block())
                .isEqualTo(Block.BASIC);
    }

    @Test
    void readsTheShortFormOfAccelKernels() {
        AccelSettings bf16 = new AccelSettings(Acceleration.ONEDNN, Precision.BF16);
        assertThat(recipe("accel=onednn", "accel.precision=bf16").accel()).isEqualTo(bf16);
        assertThat(recipe("accel.precision=bf16", "accel.kernels=onednn").accel())
                .isEqualTo(bf16);
        assertThat(recipe("accel=dl4j", "accel=auto").accel()).isEqualTo(AccelSettings.DEFAULT);
    }

    @Test
    void refusesBfloat16WithDl4jKernels() {
        assertThatThrownBy(() -> recipe("accel=dl4j", "accel.precision=bf16"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("precision is bf16 but must be f32 if accel.kernels is dl4j."
                        + " Set accel.precision = f32 or accel.kernels = auto.");
    }

    @Test
    void resizesForEvaluationToAnEighthMoreUnlessTheInputIsSmall() {
        assertThat(recipe("model.family=imagenet").data().evaluationResize()).isEqualTo(256);
        assertThat(recipe("model.input=63").data().evaluationResize()).isEqualTo(63);
        assertThat(recipe("model.input=64").data().evaluationResize()).isEqualTo(73);
    }

    @Test
    void scalesTheLearningRateToTheGlobalBatch() {
        Recipe recipe = recipe("cluster.workers=16", "train.batch-size-per-replica=64");

        assertThat(recipe.globalBatch()).isEqualTo(1024);
        assertThat(recipe.optimizer().peakLearningRate(recipe.globalBatch())).isEqualTo(0.4);
    }

    @Test
    void createsTheLearningRateScheduleOfTheRecipe() {
        Recipe steps = recipe(
                "train.epochs=100", "optimizer.schedule=step", "optimizer.milestones=[0.5]", "cluster.workers=8");
        LearningRateSchedule schedule = steps.optimizer().learningRateSchedule(100, steps.globalBatch());
        assertThat(schedule.at(0)).isCloseTo(0.001, within(1e-12));
        assertThat(schedule.at(5)).isEqualTo(0.1);
        assertThat(schedule.at(50)).isCloseTo(0.01, within(1e-12));

        Recipe cosine = recipe("optimizer.schedule=cosine", "optimizer.warmup-epochs=0", "cluster.workers=8");
        assertThat(cosine.optimizer().learningRateSchedule(90, 256).at(45)).isCloseTo(0.05, within(1e-12));

        Recipe oneCycle = recipe("optimizer.schedule=one-cycle", "optimizer.warmup-epochs=2");
        assertThat(oneCycle.optimizer().learningRateSchedule(10, 256).at(2)).isEqualTo(0.1);
    }

    @Test
    void readsHowOftenTheWorkersAreAveraged() {
        Recipe recipe = recipe(
                "averaging.every=[2, 8]",
                "averaging.milestones=[0.5]",
                "averaging.warmup-every=1",
                "train.epochs=100",
                "train.batch-size-per-replica=64");

        assertThat(List.of(0.0, 5.0, 50.0))
                .extracting(recipe.averagingInterval(50_000)::at)
                .containsExactly(1, 2, 8);
        assertThat(recipe("averaging.every=4").averagingInterval(50_000).at(0)).isEqualTo(4);
        assertThat(problems(
                        "averaging.every=[2, 8]",
                        "averaging.milestones=[]",
                        "averaging.momentum=drop",
                        "averaging.ema=1",
                        "averaging.qsr-alpha=-1",
                        "checkpoint.every=0 s"))
                .containsExactlyInAnyOrder(
                        "--set averaging.milestones: milestones is [] but must be a list of 1 number. Write fractions of train.epochs in"
                                + " rising order, one fewer than averaging.every has values, e.g. every = [1, 4, 16] and milestones ="
                                + " [0.1, 0.5].",
                        "--set averaging.momentum: momentum is drop but must be one of average, reset."
                                + " Choose average to keep the momentum, or reset to start each round without.",
                        "--set averaging.qsr-alpha: qsr-alpha is -1 but must be at least 0. Set it to 0 for none, or to the"
                                + " peak learning rate times the square root of the smallest H, e.g. 0.2.",
                        "--set averaging.ema: ema is 1 but must be at least 0 and less than 1."
                                + " Set it to 0 for none, or to less than 1, e.g. 0.99.",
                        "--set checkpoint.every: every is 0 ms but must be more than 0."
                                + " Set it to the time that a crash may cost, e.g. 10 minutes.");
    }

    @Test
    void postLocalSgdIsAListOfIntervalsThatChangeWithTheSteps() {
        assertThat(recipe("averaging.every=[1, 10]", "optimizer.schedule=step")
                        .averaging()
                        .milestones())
                .containsExactly(0.333);
        assertThat(recipe("averaging.every=[1, 10]", "optimizer.schedule=step", "averaging.milestones=[0.2]")
                        .averaging()
                        .milestones())
                .containsExactly(0.2);
        assertThat(recipe("averaging.every=[1, 5, 10, 20]").averaging().milestones())
                .containsExactly(0.25, 0.5, 0.75);
        AveragingSchedule interval = recipe(
                        "averaging.every=[1, 10]",
                        "optimizer.schedule=step",
                        "optimizer.milestones=[0.5, 0.75]",
                        "train.epochs=100")
                .averagingInterval(50_000);
        assertThat(List.of(0.0, 49.9, 50.0, 80.0)).extracting(interval::at).containsExactly(1, 1, 10, 10);
        assertThat(problems(
                        "averaging.every=[1, 2, 4, 8]", "optimizer.schedule=step", "optimizer.milestones=[0.5, 0.75]"))
                .containsExactly(
                        "command line: milestones is [0.5, 0.75] but must be a list of 3 numbers. Write fractions of"
                                + " train.epochs in rising order, one fewer than averaging.every has values, e.g."
                                + " every = [1, 4, 16] and milestones = [0.1, 0.5].");
    }

    @Test
    void theQuadraticRuleUsesTheScaledLearningRate() {
        // A global batch of 1024 pictures has a peak of 0.4, and an epoch of 50,000 pictures has 49 of them.
        Recipe recipe = recipe(
                "averaging.every=2",
                "averaging.qsr-alpha=1.2",
                "train.epochs=100",
                "train.batch-size-per-replica=64",
                "cluster.workers=16",
                "optimizer.schedule=step",
                "optimizer.milestones=[0.5, 0.75]",
                "optimizer.factor=0.5");

        assertThat(List.of(0.0, 5.0, 50.0, 75.0))
                .extracting(recipe.averagingInterval(50_000)::at)
                .containsExactly(9, 9, 36, 49);
    }

    @Test
    void theDefaultIntervalFitsIntoASmallEpoch() {
        Recipe recipe = recipe("train.batch-size-per-replica=16");

        assertThat(recipe.averagingInterval(321).at(0)).isEqualTo(10);
        assertThat(recipe.averagingInterval(288).at(0)).isEqualTo(9);
        assertThat(recipe.averagingInterval(1).at(0)).isEqualTo(1);
    }

    @Test
    void readsTheSmallestAndLargestNumberOfWorkers() {
        assertThat(recipe(
                                "cluster.workers=8",
                                "cluster.min-workers=4",
                                "cluster.max-workers=12",
                                "cluster.wait-for-workers=30 s",
                                "cluster.spares=1")
                        .cluster())
                .isEqualTo(new ClusterSettings(
                        8, Optional.of(1), 4, 12, Duration.ofSeconds(30), Optional.of(1), Balance.EVEN));
        assertThat(problems(
                        "cluster.workers=8",
                        "cluster.min-workers=9",
                        "cluster.max-workers=7",
                        "cluster.wait-for-workers=0 s"))
                .containsExactlyInAnyOrder(
                        "--set cluster.min-workers: min-workers is 9 but must be between 1 and 8."
                                + " Set it to the smallest number of workers that may train if slots are missing, at most"
                                + " cluster.workers.",
                        "--set cluster.max-workers: max-workers is 7 but must be at least 8."
                                + " Set it to the largest number of workers that may train if there are more slots, at"
                                + " least cluster.workers.",
                        "--set cluster.wait-for-workers: wait-for-workers is 0 ms but must be more than 0."
                                + " Set it to the time to wait for enough slots, e.g. 10 minutes.");
    }

    @Test
    void readsThePrepareSectionAndItsDefaults() {
        assertThat(recipe("prepare.source=hdfs://n/pictures").prepare())
                .contains(PrepareSettings.of("hdfs://n/pictures"));
        assertThat(recipe(
                                "prepare.source=/p",
                                "prepare.format=class-folders",
                                "prepare.shard-size=1 MiB",
                                "prepare.row-group=64",
                                "prepare.seed=-5",
                                "prepare.max-rejected=3",
                                "prepare.labels=[b, a]",
                                "prepare.check=header",
                                "prepare.resize=short-side 256",
                                "prepare.validation-resize=max-side 500",
                                "prepare.jpeg-quality=90",
                                "prepare.sixteen-bit=stretch",
                                "prepare.synsets=/s",
                                "prepare.synset-names=/n",
                                "prepare.ground-truth=hdfs://h/g",
                                "prepare.synset-ids=/i")
                        .prepare())
                .contains(new PrepareSettings(
                        "/p",
                        SourceFormat.CLASS_FOLDERS,
                        1 << 20,
                        64,
                        -5,
                        3,
                        List.of("b", "a"),
                        new PictureSettings(
                                PictureCheck.HEADER,
                                ResizePolicy.of("short-side 256"),
                                ResizePolicy.of("max-side 500"),
                                90,
                                SixteenBit.STRETCH),
                        new SynsetFiles("/s", "/n", "hdfs://h/g", "/i")));
        assertThat(PrepareSettings.of("/p").synsets()).isEqualTo(new SynsetFiles("", "", "", ""));
        assertThat(PictureSettings.DEFAULT)
                .isEqualTo(new PictureSettings(
                        PictureCheck.DECODE, ResizePolicy.NONE, ResizePolicy.NONE, 95, SixteenBit.HIGH_BYTE));
        assertThat(problems("prepare.sixteen-bit=12"))
                .containsExactly("--set prepare.sixteen-bit: sixteen-bit is 12 but must be one of high-byte, stretch."
                        + " Use stretch if pictures of 16 bits use fewer bits, e.g. 12.");
        assertThat(problems("prepare.resize=256"))
                .containsExactly(
                        "--set prepare.resize: resize is 256 but must be none, or short-side, square or max-side"
                                + " and a number of pixels. Write e.g. short-side 256, or leave it out to keep the original"
                                + " size.");
        assertThat(problems("prepare.labels=[a, a]"))
                .containsExactly("--set prepare.labels: labels is [a, a] but must be a list without repetition."
                        + " Name each class once.");
    }

    @Test
    void readsTheColumnsOfATableAndTheShareForValidation() {
        assertThat(recipe(
                                "prepare.source=sales.photos",
                                "prepare.format=table",
                                "prepare.validation-share=0.25",
                                "prepare.table-files=csv",
                                "prepare.picture-column=file",
                                "prepare.label-column=species",
                                "prepare.split-column=part",
                                "prepare.picture-folder=hdfs://n/photos")
                        .prepare())
                .contains(PrepareSettings.of("sales.photos")
                        .withTable(new TableSettings(TableFiles.CSV, "file", "species", "part", "hdfs://n/photos"))
                        .withValidationShare(0.25));
        for (String share : List.of("0.0", "0.51", "-0.1")) {
            assertThat(problems("prepare.validation-share=" + share))
                    .containsExactly("--set prepare.validation-share: validation-share is " + share
                            + " but must be more than 0 and at most 0.5. Set it to the share of the pictures that"
                            + " validate, e.g. 0.1.");
        }
    }

    @Test
    void readsTheLocationsOfTheModelAndTheShards() {
        Recipe recipe = recipe("model.dir=hdfs://namenode:8020/models/a", "data.shards=/data/shards");

        assertThat(recipe.modelDirectory()).contains(URI.create("hdfs://namenode:8020/models/a"));
        assertThat(recipe.shards()).contains(URI.create("/data/shards"));
    }

    @Test
    void readsEveryNetworkChoiceByItsName() {
        assertThat(recipe(
                                "model.family=cifar-resnet18",
                                "model.variant=preact",
                                "model.shortcut=A-end",
                                "model.initialization=he-fan-out")
                        .model())
                .isEqualTo(new ResNetSpec(
                        Family.CIFAR_RESNET18,
                        18,
                        Block.BASIC,
                        Variant.PREACT,
                        Shortcut.A_END,
                        true,
                        false,
                        10,
                        32,
                        Initialization.HE_FAN_OUT,
                        Stem.STANDARD));
        assertThat(recipe("model.family=imagenet", "model.variant=authors")
                        .model()
                        .variant())
                .isEqualTo(Variant.AUTHORS);
        assertThat(recipe("model.depth=56", "model.shortcut=none").model())
                .isEqualTo(ResNetSpec.cifar(56, Shortcut.NONE, 10));
    }

    @Test
    void refusesADepthThatDoesNotExist() {
        assertThatThrownBy(() -> recipe("model.depth=21"))
                .isInstanceOf(RecipeException.class)
                .hasMessage("--set model.depth: "
                        + NetworkFailures.depthOfCifar(21, 6, "", List.of(20, 32, 44, 56, 110), 20));
    }

    @Test
    void reportsProblemsOfSeveralSectionsAtOnce() {
        assertThat(problems(
                        "train.epochs=0",
                        "optimizer.schedule=polynomial",
                        "optimizer.milestones=[0.5, 0.5]",
                        "optimizer.momentum=1",
                        "optimizer.factor=2",
                        "data.mean=[0.5]",
                        "data.evaluation-resize=30",
                        "data.color-jitter=[0.4, 0.4, 0.4]",
                        "data.random-erasing=2",
                        "data.auto-augment=cutout",
                        "data.rand-augment=[0, 9]",
                        "data.mixup=-1",
                        "data.cache-dir=scratch",
                        "model.classes=1",
                        "averaging.evry=3",
                        "cluster.workers=0"))
                .containsExactlyInAnyOrder(
                        "--set train.epochs: epochs is 0 but must be at least 1."
                                + " Set it to the number of passes over the training pictures, e.g. 90.",
                        "--set optimizer.schedule: schedule is polynomial but must be one of step, cosine, linear, one-cycle."
                                + " Choose the schedule that the published recipe uses.",
                        "--set optimizer.milestones: milestones is [0.5, 0.5] but must be in rising order."
                                + " Write fractions of train.epochs in rising order, e.g. [0.333, 0.667, 0.889].",
                        "--set optimizer.momentum: momentum is 1 but must be at least 0 and less than 1."
                                + " Set it to 0 for none, or to less than 1, e.g. 0.9.",
                        "--set optimizer.factor: factor is 2 but must be more than 0 and at most 1."
                                + " Set it to the factor of each drop, e.g. 0.1.",
                        "--set data.mean: mean is [0.5] but must be a list of three numbers. Write one number"
                                + " each for red, green and blue on the scale 0..1, or leave it out to use the"
                                + " manifest's values.",
                        "--set data.evaluation-resize: evaluation-resize is 30 but must be at least 32."
                                + " Set it to model.input (32) or somewhat more, e.g. 32.",
                        "--set data.color-jitter: color-jitter is [0.4, 0.4, 0.4] but must be a list of four numbers, the"
                                + " last one at most 0.5. Write brightness, contrast, saturation and hue, e.g."
                                + " [0.4, 0.4, 0.4, 0.1].",
                        "--set data.random-erasing: random-erasing is 2 but must be between 0 and 1."
                                + " Set it to 0 for none, or to a probability, e.g. 0.1.",
                        "--set data.auto-augment: auto-augment is cutout but must be one of none, trivial-augment,"
                                + " rand-augment. Choose trivial-augment, which has nothing to tune, or rand-augment.",
                        "--set data.rand-augment: rand-augment is [0, 9] but must be a list of two numbers, the first"
                                + " one at least 1. Write the number of operations and their magnitude, e.g. [2, 9].",
                        "--set data.mixup: mixup is -1 but must be at least 0. Set it to 0 for none, or to a small"
                                + " number, e.g. 0.2.",
                        "--set data.cache-dir: cache-dir is scratch but must be an absolute path without a scheme."
                                + " Set it to a folder on a disk that every executor has, e.g. /scratch/row-groups.",
                        "--set model.classes: " + NetworkFailures.tooFewClasses(1),
                        "--set averaging.evry: evry is not a key of averaging. Did you mean every?",
                        "--set cluster.workers: workers is 0 but must be at least 1."
                                + " Set it to the number of workers, e.g. 2.");
    }

    @Test
    void aRecipeThatNamesOnlyDataNetworkAndEpochsTrainsAsItsFamilyNeeds() {
        Recipe photos = recipe("model.family=imagenet", "train.epochs=10");

        assertThat(photos.data().variation().augmentation()).isEqualTo(Augmentation.RANDOM_RESIZED_CROP);
        assertThat(photos.optimizer().warmupEpochs()).isEqualTo(0.5);
        assertThat(photos.optimizer().weightDecay()).isEqualTo(1e-4);
        assertThat(recipe("train.epochs=300").optimizer().warmupEpochs()).isEqualTo(5);
    }

    @Test
    void aTrainingThatContinuesAnotherModelStartsAtALowerRateWithoutWarmup() {
        Recipe continuing = recipe("train.epochs=10", "optimizer.momentum=0.8").continuing();

        assertThat(continuing.optimizer().learningRate()).isEqualTo(0.01);
        assertThat(continuing.optimizer().warmupEpochs()).isZero();
        assertThat(continuing.optimizer().momentum()).isEqualTo(0.8);
        assertThat(continuing.settings()).containsEntry("optimizer.learning-rate", "0.01");

        Recipe explicit = recipe("optimizer.learning-rate=0.05", "optimizer.warmup-epochs=2")
                .continuing();
        assertThat(explicit.optimizer().learningRate()).isEqualTo(0.05);
        assertThat(explicit.optimizer().warmupEpochs()).isEqualTo(2);
    }

    @Test
    void partsOfTheNetworkMayLearnAtAnotherRateOrNotAtAll() {
        assertThat(recipe("optimizer.freeze=[stem, stage1]", "optimizer.rate-factors=[\"stage2=0.1\", \"fc=10\"]")
                        .optimizer()
                        .partFactors())
                .isEqualTo(Map.of("stem", 0.0, "stage1", 0.0, "stage2", 0.1, "fc", 10.0));
        assertThat(problems("optimizer.freeze=[stage4]", "optimizer.rate-factors=[\"stage2:0.1\"]"))
                .containsExactlyInAnyOrder(
                        "--set optimizer.freeze: freeze is stage4 but must be one of stem, stage1, stage2, stage3, fc."
                                + " List parts of the network, e.g. [stem, stage1].",
                        "--set optimizer.rate-factors: rate-factors is stage2:0.1 but must be one of stem, stage1, stage2,"
                                + " stage3, fc, then =, then a factor. List parts with their factors, e.g. [\"stage1=0.1\","
                                + " \"fc=10\"].");
    }

    @Test
    void trainingPicturesMayHaveOtherSizesThanEvaluatedOnes() {
        Recipe growing = recipe(
                "model.family=imagenet",
                "model.depth=18",
                "data.train-size=[128, 160, 192]",
                "data.train-size-milestones=[0.5, 0.8]",
                "train.epochs=10");

        assertThat(growing.model().input()).isEqualTo(224);
        assertThat(growing.data().trainSize().schedule(10).at(5)).isEqualTo(160);
        assertThat(growing.data().trainSize().smallest()).isEqualTo(128);
        assertThat(growing.data().trainSize().largest()).isEqualTo(192);
        assertThat(recipe("data.train-size=24").data().trainSize()).isEqualTo(new InputSizes(List.of(24), List.of()));
        assertThat(problems("data.train-size=[4, 32]"))
                .containsExactlyInAnyOrder(
                        "--set data.train-size: train-size is [4,32] but must be a list in which every element is between 8 and 2048."
                                + " Set it to model.input or less, or to a list such as [128, 160, 192].");
        assertThat(problems("data.train-size=[16, 32]"))
                .containsExactlyInAnyOrder(
                        "command line: train-size-milestones is [] but must be a list of 1 number. Write fractions of"
                                + " train.epochs in rising order, one fewer than data.train-size has values, e.g."
                                + " train-size = [128, 160, 192] and train-size-milestones = [0.5, 0.8].");
    }

    @Test
    void saysWhichRequiredLocationsAreMissing() {
        RecipeException exception = catchThrowableOfType(
                RecipeException.class,
                () -> Recipe.load(Optional.empty(), List.of(), Need.SHARDS, Need.MODEL_DIRECTORY));

        assertThat(exception.sentences())
                .containsExactly(
                        "command line: data.shards is not set. Add --set data.shards=URI with the folder of the"
                                + " shards, e.g. file:/data/cifar10-shards.",
                        "command line: model.dir is not set."
                                + " Add --set model.dir=URI with a folder that does not exist yet.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data.shards=file:/shards", "promote.shards=file:/shards"})
    void modelsCanBeComparedOnPromoteShardsOrDataShards(String shards) {
        assertThat(Recipe.load(Optional.empty(), List.of(shards), Need.JUDGING_SHARDS))
                .isNotNull();
    }

    @Test
    void asksForShardsToCompareModelsOn() {
        RecipeException exception = catchThrowableOfType(
                RecipeException.class, () -> Recipe.load(Optional.empty(), List.of(), Need.JUDGING_SHARDS));

        assertThat(exception.sentences())
                .containsExactly("command line: promote.shards is not set. Add --set promote.shards=URI with the shards"
                        + " to compare models on, or set data.shards.");
    }

    @Test
    void refusesObjectStoresForWritingThatNeedsLocksAndRenames() {
        List<String> overrides = List.of(
                "prepare.source=s3a://bucket/pictures",
                "data.shards=gs://bucket/shards",
                "model.dir=abfss://key:secret@account/model",
                "registry.dir=S3A://bucket/models",
                "train.epochs=0");

        RecipeException exception = catchThrowableOfType(
                RecipeException.class,
                () -> Recipe.load(
                        Optional.empty(), overrides, Need.SOURCE, Need.SHARDS, Need.MODEL_DIRECTORY, Need.REGISTRY));

        assertThat(exception.sentences())
                .containsExactlyInAnyOrder(
                        "--set model.dir: dir is in an object store (abfss:), which supports neither locks nor atomic renames."
                                + " Use a location on hdfs: or file:. Or set checkpoint.dir to such a location. Then only the"
                                + " model is written to the object store.",
                        "--set registry.dir: dir is in an object store (S3A:), which supports neither locks nor atomic renames."
                                + " Use a location on hdfs: or file:. Then write its models to the object store with"
                                + " resnet-spark export.",
                        "--set train.epochs: epochs is 0 but must be at least 1. Set it to the number of passes over the"
                                + " training pictures, e.g. 90.");
    }

    @Test
    void modelsMayBeInObjectStoresIfTheRunIsNot() {
        List<String> overrides = List.of("model.dir=s3a://bucket/models/a", "checkpoint.dir=hdfs://namenode/runs/a");

        Recipe recipe = Recipe.load(Optional.empty(), overrides, Need.MODEL_DIRECTORY);

        assertThat(recipe.runDirectory()).contains(URI.create("hdfs://namenode/runs/a"));
        assertThatThrownBy(() -> Recipe.load(
                        Optional.empty(),
                        List.of("model.dir=hdfs://namenode/models/a", "checkpoint.dir=s3a://bucket/runs/a"),
                        Need.MODEL_DIRECTORY))
                .hasMessageContaining("dir is in an object store (s3a:)");
    }

    @Test
    void aRunIsNextToItsModelUnlessTheRecipeSaysOtherwise() {
        Recipe recipe = Recipe.load(Optional.empty(), List.of("model.dir=hdfs://namenode/models/a/"));

        assertThat(recipe.runDirectory()).contains(URI.create("hdfs://namenode/models/a.run"));
        assertThat(Recipe.load(Optional.empty(), List.of()).runDirectory()).isEmpty();
    }

    @Test
    void commandsThatTrainSeveralModelsRefuseOneDirectoryForTheirRuns() {
        assertThatThrownBy(() ->
                        Recipe.load(Optional.empty(), List.of("checkpoint.dir=file:/runs/a"), Need.RUNS_BESIDE_MODELS))
                .hasMessageContaining("Leave checkpoint.dir out.");
    }

    @Test
    void readsShardsFromObjectStores() {
        assertThat(Recipe.load(
                                Optional.empty(),
                                List.of("data.shards=s3a://bucket/shards", "model.dir=file:/models/a"),
                                Need.SHARDS,
                                Need.MODEL_DIRECTORY)
                        .shards())
                .contains(URI.create("s3a://bucket/shards"));
    }

    private static Recipe recipe(String... overrides) {
        return Recipe.load(Optional.empty(), List.of(overrides));
    }

    private static List<String> problems(String... overrides) {
        return catchThrowableOfType(RecipeException.class, () -> recipe(overrides))
                .sentences();
    }
}
