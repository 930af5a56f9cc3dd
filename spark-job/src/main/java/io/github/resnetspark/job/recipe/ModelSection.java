package io.github.resnetspark.job.recipe;

import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.ResNetSpec.Initialization;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.SpecException;
import io.github.resnetspark.network.Stem;
import io.github.resnetspark.network.Variant;
import io.github.resnetspark.recipe.ChoiceNames;
import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The section {@code model}: the network. The defaults are those of the papers. */
final class ModelSection {
    private static final ResNetSpec DEFAULT = ResNetSpec.cifar(20, Shortcut.A, 10);

    private static final Setting<Family> FAMILY = Setting.choice("family", Family.class)
            .orElse(Family.CIFAR)
            .help("The network family. It decides the stem, the width of the stages and which depths exist.")
            .remedy("Choose imagenet for large pictures, cifar or cifar-resnet18 for 32×32.");

    private static final Setting<Integer> DEPTH = Setting.integer("depth")
            .limitInWords("one of the family's depths")
            .defaultInWords(perFamily(ModelSection::usualDepth))
            .help("Number of layers with weights, as the papers count them.")
            .remedy("Set it to the number of layers with weights, e.g. 20.");

    private static final Setting<Block> BLOCK = Setting.choice("block", Block.class)
            .defaultInWords("as in the papers at that depth")
            .help("Type of residual block.")
            .remedy("Leave block out for the usual one.");

    private static final Setting<Variant> VARIANT = Setting.choice("variant", Variant.class)
            .defaultInWords(perFamily(Family::usualVariant))
            .help("Block design: the order of its operations, and which convolution has the stride.")
            .remedy(Variant.remedy());

    private static final Setting<Shortcut> SHORTCUT = Setting.choice("shortcut", Shortcut.class)
            .defaultInWords(perFamily(Family::usualShortcut))
            .help("How the skip connection matches a change of shape. `none` builds a plain network without skip"
                    + " connections.")
            .remedy(Shortcut.remedy());

    private static final Setting<Boolean> BATCH_NORM = Setting.truth("batch-norm")
            .orElse(true)
            .help("Whether batch normalisation follows every convolution. Without it, convolutions have biases.")
            .remedy("Set it to false for a network with biases instead.");

    private static final Setting<Boolean> ZERO_GAMMA = Setting.truth("zero-gamma")
            .orElse(false)
            .help("Whether γ of the last batch normalisation in each block starts at 0, so that the block starts"
                    + " as the identity.")
            .remedy("Set it to true to start every block as the identity.");

    private static final Setting<Integer> CLASSES = Setting.integer("classes")
            .limitInWords("at least 2")
            .defaultInWords(perFamily(ModelSection::usualClasses))
            .help("Number of classes.")
            .remedy("Set it to the number of labels in the data, e.g. 10.");

    private static final Setting<Integer> INPUT = Setting.integer("input")
            .unit("pixels")
            .defaultInWords(perFamily(Family::defaultInput))
            .help("Side of the square network input.")
            .remedy("Set it to the side of the input picture in pixels.");

    private static final Setting<Initialization> INITIALIZATION = Setting.choice("initialization", Initialization.class)
            .orElse(Initialization.HE_FAN_IN)
            .identity(Identity.UNLESS_DEFAULT)
            .help("How the weights of convolutions are initialised.")
            .remedy("Choose he-fan-in, or he-fan-out to initialise like torchvision's networks.");

    private static final Setting<Stem> STEM = Setting.choice("stem", Stem.class)
            .defaultInWords("`deep` for the variant d of the family `imagenet`, else `standard`")
            .identity(Identity.UNLESS_DEFAULT)
            .help("The convolutions before the first block: one of the family, or three 3×3 convolutions.")
            .remedy("Choose standard, or deep for the stem of ResNet-50-D.");

    static final Setting<URI> DIRECTORY = Setting.place("dir")
            .identity(Identity.NAMES_THE_RUN)
            .help("Where to write the trained model: a folder that does not exist yet. `train` requires it, and"
                    + " keeps its run next to it, in `<model.dir>.run`.")
            .remedy("Set it to a folder that does not exist yet, e.g. file:/models/resnet20.");

    static final DeclaredSection SECTION = new DeclaredSection(
            "model",
            "The network, and where to write the trained model. [networks.md](networks.md) explains the choices and which can be"
                    + " combined.",
            List.of(
                    FAMILY,
                    DEPTH,
                    BLOCK,
                    VARIANT,
                    SHORTCUT,
                    BATCH_NORM,
                    ZERO_GAMMA,
                    CLASSES,
                    INPUT,
                    INITIALIZATION,
                    STEM,
                    DIRECTORY));

    private ModelSection() {}

    static ResNetSpec read(RecipeSection section) {
        Family family = section.value(FAMILY);
        int depth = section.value(DEPTH.orElse(usualDepth(family)));
        Block block = section.value(BLOCK.orElse(ResNetSpec.usualBlock(family, depth)));
        Variant variant = section.value(VARIANT.orElse(family.usualVariant()));
        Shortcut shortcut = section.value(SHORTCUT.orElse(family.usualShortcut()));
        boolean batchNorm = section.value(BATCH_NORM);
        boolean zeroGamma = section.value(ZERO_GAMMA);
        int classes = section.value(CLASSES.orElse(usualClasses(family)));
        int input = section.value(INPUT.orElse(family.defaultInput())
                .remedy("Set it to the side of the input picture in pixels, e.g. " + family.defaultInput() + "."));
        Initialization initialization = section.value(INITIALIZATION);
        Stem usualStem = family == Family.IMAGENET && variant == Variant.D ? Stem.DEEP : Stem.STANDARD;
        Stem stem = section.value(STEM.orElse(usualStem));
        try {
            return new ResNetSpec(
                    family,
                    depth,
                    block,
                    variant,
                    shortcut,
                    batchNorm,
                    zeroGamma,
                    classes,
                    input,
                    initialization,
                    stem);
        } catch (SpecException e) {
            e.problems().forEach(problem -> section.note(problem.key(), problem.message()));
            return DEFAULT;
        }
    }

    static boolean describesInput(RecipeSection section) {
        return section.has(FAMILY) || section.has(INPUT);
    }

    private static int usualDepth(Family family) {
        return switch (family) {
            case IMAGENET -> 50;
            case CIFAR -> 20;
            case CIFAR_RESNET18 -> 18;
        };
    }

    private static int usualClasses(Family family) {
        return family == Family.IMAGENET ? 1000 : 10;
    }

    /** A default that depends on the family, in words. */
    private static String perFamily(Function<Family, Object> usual) {
        Map<String, List<String>> families = Arrays.stream(Family.values())
                .collect(Collectors.groupingBy(
                        family -> written(usual.apply(family)),
                        LinkedHashMap::new,
                        Collectors.mapping(ChoiceNames::of, Collectors.toList())));
        return families.entrySet().stream()
                .map(entry -> "`" + entry.getKey() + "` for " + String.join(" and ", entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String written(Object value) {
        return value instanceof Enum<?> choice ? ChoiceNames.of(choice) : value.toString();
    }
}
