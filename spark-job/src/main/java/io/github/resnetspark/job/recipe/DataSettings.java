package io.github.resnetspark.job.recipe;

import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.augment.Augmentation;
import io.github.resnetspark.image.augment.AutoAugment;
import io.github.resnetspark.image.augment.ColorJitter;
import io.github.resnetspark.image.augment.Flip;
import io.github.resnetspark.image.augment.PictureVariation;
import io.github.resnetspark.image.augment.PictureVariation.RandomChange;
import io.github.resnetspark.image.augment.RandAugment;
import io.github.resnetspark.image.augment.RandomErasing;
import io.github.resnetspark.image.augment.TrivialAugment;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.input.MinibatchVariation;
import io.github.resnetspark.job.input.ShardSet;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The section {@code data} without {@code data.shards} (which is {@link Recipe#shards()}): how stored pictures become network
 * input.
 *
 * @param mean the key of that name; empty to use the values of the manifest
 * @param std the key of that name; empty to use the values of the manifest
 * @param variation random changes of a training picture: {@code augment}, {@code flip}, {@code color-jitter}, {@code auto-augment}
 *     with {@code rand-augment}, {@code random-erasing}
 * @param mixing how training pictures are mixed with each other: {@code mixup} and {@code cutmix}
 * @param evaluationResize the key of that name
 * @param trainSize side of the training pictures: {@code train-size} and {@code train-size-milestones}
 * @param shuffleWindow the key of that name
 * @param decodeThreads the key of that name
 * @param prefetchBatches the key of that name
 * @param cache where executors keep row groups: {@code cache-dir} and {@code cache-size}
 */
public record DataSettings(
        List<Double> mean,
        List<Double> std,
        PictureVariation variation,
        MinibatchVariation mixing,
        int evaluationResize,
        InputSizes trainSize,
        int shuffleWindow,
        int decodeThreads,
        int prefetchBatches,
        MinibatchSource.LocalCache cache)
        implements Serializable {
    private static final String FIGURES_REMEDY = "Write one number each for red, green and blue on the scale 0..1,"
            + " or leave it out to use the manifest's values.";

    static final Setting<URI> SHARDS = Setting.place("shards")
            .identity(Identity.NEVER)
            .help(
                    "Folder of the shards. `prepare` writes them, other commands read them. A resumed run may read the same data set from another folder.")
            .remedy("Set it to the folder of the shards, e.g. hdfs://namenode:8020/shards/cifar10.");

    private static final Setting<List<Double>> MEAN = perChannel("mean")
            .within(Range.between(0, 1))
            .help("Mean of red, green and blue on the scale 0..1. It is subtracted from each pixel.");

    private static final Setting<List<Double>> STD = perChannel("std")
            .within(Range.above(0).upTo(1))
            .help("Standard deviation of red, green and blue on the scale 0..1. Each pixel is divided by it.");

    private static final Setting<Augmentation> AUGMENT = Setting.choice("augment", Augmentation.class)
            .defaultInWords("`random-resized-crop` for the family `imagenet`, else `pad-crop-flip`")
            .help("How a training picture is cropped and flipped at random.")
            .remedy("Choose pad-crop-flip for small pictures, random-resized-crop for photos, or none.");

    private static final Setting<Flip> FLIP = Setting.choice("flip", Flip.class)
            .orElse(Flip.RANDOM)
            .identity(Identity.UNLESS_DEFAULT)
            .help(
                    "When `data.augment` mirrors a training picture: at random, or in every other epoch, so that two epochs"
                            + " show each picture both ways.")
            .remedy("Choose random, or alternating for short trainings.");

    private static final Setting<List<Double>> COLOR_JITTER = Setting.decimals("color-jitter")
            .within(Range.atLeast(0))
            .must(
                    most -> most.isEmpty() || (most.size() == 4 && most.get(3) <= 0.5),
                    "a list of four numbers, the last one at most 0.5")
            .orElse(List.of())
            .identity(Identity.UNLESS_DEFAULT)
            .help("Largest random change of brightness, contrast, saturation and hue of a training picture, as in"
                    + " torchvision. Empty for none.")
            .remedy("Write brightness, contrast, saturation and hue, e.g. [0.4, 0.4, 0.4, 0.1].");

    private static final Setting<AutoAugment> AUTO_AUGMENT = Setting.choice("auto-augment", AutoAugment.class)
            .orElse(AutoAugment.NONE)
            .identity(Identity.UNLESS_DEFAULT)
            .help("Random operations on a training picture, such as shear, rotation or equalized tones, with the"
                    + " ranges of torchvision: one of any magnitude, or those of `data.rand-augment`.")
            .remedy("Choose trivial-augment, which has nothing to tune, or rand-augment.");

    private static final Setting<List<Integer>> RAND_AUGMENT = Setting.integers("rand-augment")
            .within(Range.between(0, RandAugment.STRONGEST))
            .must(
                    numbers -> numbers.size() == 2 && numbers.get(0) > 0,
                    "a list of two numbers, the first one at least 1")
            .orElse(List.of(2, 9))
            .identity(Identity.UNLESS_DEFAULT)
            .help("Number of operations on each picture and their magnitude if `data.auto-augment = rand-augment`.")
            .remedy("Write the number of operations and their magnitude, e.g. [2, 9].");

    private static final Setting<Double> RANDOM_ERASING = Setting.decimal("random-erasing")
            .within(Range.between(0, 1))
            .orElse(0.0)
            .identity(Identity.UNLESS_DEFAULT)
            .help("Probability that a rectangle of a training picture is erased, as in torchvision.")
            .remedy("Set it to 0 for none, or to a probability, e.g. 0.1.");

    private static final Setting<Double> MIXUP = Setting.decimal("mixup")
            .within(Range.atLeast(0))
            .orElse(0.0)
            .identity(Identity.UNLESS_DEFAULT)
            .help("α of mixup: each training picture is blended with another of its minibatch, and so are their labels,"
                    + " in shares from Beta(α, α). 0 for none. With `data.cutmix`, each minibatch gets one of the two by"
                    + " chance.")
            .remedy("Set it to 0 for none, or to a small number, e.g. 0.2.");

    private static final Setting<Double> CUTMIX = Setting.decimal("cutmix")
            .within(Range.atLeast(0))
            .orElse(0.0)
            .identity(Identity.UNLESS_DEFAULT)
            .help(
                    "α of CutMix: each training picture gets a rectangle of another of its minibatch, and its label in the"
                            + " share of the area. 0 for none.")
            .remedy("Set it to 0 for none, or to e.g. 1.");

    private static final Setting<Integer> EVALUATION_RESIZE = Setting.integer("evaluation-resize")
            .unit("pixels")
            .limitInWords("at least `model.input`")
            .defaultInWords("`model.input` / 0.875; `model.input` itself below 64")
            .help("Short side of an evaluated picture before the centre crop to `model.input`.")
            .remedy("Set it to model.input or somewhat more.");

    private static final Setting<Integer> SHUFFLE_WINDOW = Setting.integer("shuffle-window")
            .unit("row groups")
            .within(Range.atLeast(1))
            .orElse(4)
            .help("Number of row groups whose pictures are shuffled together.")
            .remedy("Set it to the number of row groups whose pictures are shuffled together, e.g. 4.");

    private static final Setting<Integer> DECODE_THREADS = Setting.integer("decode-threads")
            .within(Range.atLeast(1))
            .orElse(1)
            .identity(Identity.NEVER)
            .help("Threads per replica that decode and augment pictures ahead of the network. Affects speed only.")
            .remedy("Set it to the number of decoding threads per replica, e.g. 1.");

    private static final Setting<Integer> PREFETCH_BATCHES = Setting.integer("prefetch-batches")
            .unit("minibatches")
            .within(Range.atLeast(1))
            .orElse(4)
            .identity(Identity.NEVER)
            .help("Minibatches that each replica loads ahead. Affects speed only.")
            .remedy("Set it to the number of minibatches to load ahead, e.g. 4.");

    private static final Setting<String> CACHE_DIRECTORY = Setting.text("cache-dir")
            .must(folder -> folder.startsWith("/"), "an absolute path without a scheme")
            .identity(Identity.NEVER)
            .help("Folder on each executor's local disk in which it keeps the row groups that it has read, for"
                    + " later epochs. Affects speed only.")
            .remedy("Set it to a folder on a disk that every executor has, e.g. /scratch/row-groups.");

    private static final Setting<Long> CACHE_SIZE = Setting.memorySize("cache-size")
            .within(Range.atLeast(1))
            .orElse(16L << 30)
            .identity(Identity.NEVER)
            .help("Total size limit of the row groups in `data.cache-dir`.")
            .remedy("Set it to the free space on that disk, e.g. 100 GiB.");

    static final DeclaredSection SECTION = new DeclaredSection(
            "data",
            "The shards, and how their pictures become network input.",
            List.of(
                    SHARDS,
                    MEAN,
                    STD,
                    AUGMENT,
                    FLIP,
                    COLOR_JITTER,
                    AUTO_AUGMENT,
                    RAND_AUGMENT,
                    RANDOM_ERASING,
                    MIXUP,
                    CUTMIX,
                    EVALUATION_RESIZE,
                    InputSizes.TRAIN_SIZE,
                    InputSizes.MILESTONES,
                    SHUFFLE_WINDOW,
                    DECODE_THREADS,
                    PREFETCH_BATCHES,
                    CACHE_DIRECTORY,
                    CACHE_SIZE));

    /** Pictures for evaluation, without random changes. */
    public MinibatchSource unvaried(ShardSet shards, Preprocessing preprocessing) {
        return MinibatchSource.forEvaluation(shards, preprocessing, decodeThreads, prefetchBatches, cache);
    }

    /**
     * Reads the section.
     *
     * @param model the network, on whose input the sizes of pictures depend
     */
    static DataSettings from(RecipeSection section, ResNetSpec model) {
        return new DataSettings(
                section.value(MEAN),
                section.value(STD),
                new PictureVariation(
                        section.value(AUGMENT.orElse(usual(model.family()))), section.value(FLIP), changes(section)),
                new MinibatchVariation(section.value(MIXUP), section.value(CUTMIX)),
                section.value(evaluationResize(model.input())),
                InputSizes.from(section, model),
                section.value(SHUFFLE_WINDOW),
                section.value(DECODE_THREADS),
                section.value(PREFETCH_BATCHES),
                cache(section.find(CACHE_DIRECTORY), section.value(CACHE_SIZE)));
    }

    static boolean describesInput(RecipeSection section) {
        return section.has(AUGMENT);
    }

    private static Augmentation usual(Family family) {
        return family == Family.IMAGENET ? Augmentation.RANDOM_RESIZED_CROP : Augmentation.PAD_CROP_FLIP;
    }

    private static Setting<List<Double>> perChannel(String key) {
        return Setting.decimals(key)
                .must(figures -> figures.isEmpty() || figures.size() == 3, "a list of three numbers")
                .orElse(List.of())
                .defaultInWords("from the manifest")
                .remedy(FIGURES_REMEDY);
    }

    private static List<RandomChange> changes(RecipeSection section) {
        List<Integer> numbers = section.value(RAND_AUGMENT);
        Stream<RandomChange> operations =
                switch (section.value(AUTO_AUGMENT)) {
                    case NONE -> Stream.of();
                    case TRIVIAL_AUGMENT -> Stream.of(new TrivialAugment());
                    case RAND_AUGMENT -> Stream.of(new RandAugment(numbers.get(0), numbers.get(1)));
                };
        Stream<RandomChange> jitter = Stream.of(colorJitter(section.value(COLOR_JITTER)));
        Stream<RandomChange> erasing = Stream.of(new RandomErasing(section.value(RANDOM_ERASING)));
        return Stream.of(jitter, operations, erasing)
                .flatMap(Function.identity())
                .toList();
    }

    private static ColorJitter colorJitter(List<Double> most) {
        return most.isEmpty() ? ColorJitter.NONE : new ColorJitter(most.get(0), most.get(1), most.get(2), most.get(3));
    }

    private static Setting<Integer> evaluationResize(int input) {
        int usual = Preprocessing.defaultResize(input);
        return EVALUATION_RESIZE
                .orElse(usual)
                .within(Range.atLeast(input))
                .remedy("Set it to model.input (" + input + ") or somewhat more, e.g. " + usual + ".");
    }

    private static MinibatchSource.LocalCache cache(Optional<String> directory, long bytes) {
        return directory
                .map(folder -> new MinibatchSource.LocalCache(folder, bytes))
                .orElse(MinibatchSource.LocalCache.NONE);
    }
}
