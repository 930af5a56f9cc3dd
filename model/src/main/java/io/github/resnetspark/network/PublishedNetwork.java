package io.github.resnetspark.network;

import io.github.resnetspark.recipe.ChoiceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A network with its published sizes.
 *
 * @param settings its keys in a recipe's section {@code model}, such as {@code depth=20,shortcut=B}
 * @param spec the network of these settings
 * @param parameters as published: exact, such as {@code 25,557,032}, or rounded, such as {@code 0.27 M}
 * @param multiplyAdds as published, such as {@code 3.8 G}
 * @param source of the figures
 */
public record PublishedNetwork(
        String settings,
        ResNetSpec spec,
        Optional<String> parameters,
        Optional<String> multiplyAdds,
        Optional<String> source) {
    private static final String HE_2015 = "He et al. 2015, tables 1, 2";
    private static final String HE_CIFAR = "He et al. 2015, table 6";
    private static final String HE_2016 = "He et al. 2016, table 4";
    private static final String PRUNING = HE_CIFAR + "; Li et al. 2017, table 1";
    private static final String TORCHVISION = "torchvision";

    /** All networks, sorted by family. */
    public static List<PublishedNetwork> all() {
        return Stream.of(
                        imageNetAsPublished(),
                        imageNetOfTorchvision(),
                        imageNetOthers(),
                        cifar(),
                        cifarOthers(),
                        cifarPreActivation(),
                        cifarResNet18())
                .flatMap(networks -> networks)
                .toList();
    }

    private static Stream<PublishedNetwork> imageNetAsPublished() {
        return Stream.of(
                imageNet(18, Variant.V1, Shortcut.NONE, "", "1.8 G", HE_2015),
                imageNet(34, Variant.V1, Shortcut.NONE, "", "3.6 G", HE_2015),
                imageNet(18, Variant.V1, Shortcut.A_END, "", "1.8 G", HE_2015),
                imageNet(34, Variant.V1, Shortcut.A_END, "", "3.6 G", HE_2015),
                imageNet(50, Variant.V1, Shortcut.B, "", "3.8 G", HE_2015),
                imageNet(101, Variant.V1, Shortcut.B, "", "7.6 G", HE_2015),
                imageNet(152, Variant.V1, Shortcut.B, "", "11.3 G", HE_2015),
                imageNet(50, Variant.AUTHORS, Shortcut.B, "25,557,096", "3.8 G", "the authors' files; He et al. 2015"));
    }

    private static Stream<PublishedNetwork> imageNetOfTorchvision() {
        return Stream.of(
                imageNet(18, Variant.V1_5, Shortcut.B, "11,689,512", "1.814 G", TORCHVISION),
                imageNet(34, Variant.V1_5, Shortcut.B, "21,797,672", "3.664 G", TORCHVISION),
                imageNet(50, Variant.V1_5, Shortcut.B, "25,557,032", "4.089 G", TORCHVISION),
                imageNet(101, Variant.V1_5, Shortcut.B, "44,549,160", "7.801 G", TORCHVISION),
                imageNet(152, Variant.V1_5, Shortcut.B, "60,192,808", "11.514 G", TORCHVISION));
    }

    private static Stream<PublishedNetwork> imageNetOthers() {
        return Stream.of(
                imageNet(200, Variant.V1_5, Shortcut.B, "", "", ""),
                imageNet(50, Variant.V1, Shortcut.NONE, "", "", ""),
                imageNet(101, Variant.V1, Shortcut.NONE, "", "", ""),
                imageNet(152, Variant.V1, Shortcut.NONE, "", "", ""),
                imageNet(34, Variant.V1, Shortcut.C, "", "", ""),
                deep(18, Block.BASIC, "11,708,744"),
                deep(18, Block.BOTTLENECK, ""),
                deep(50, Block.BOTTLENECK, "25,576,264"),
                imageNet(101, Variant.PREACT, Shortcut.B, "", "", ""),
                imageNet(152, Variant.PREACT, Shortcut.B, "", "", ""),
                imageNet(200, Variant.PREACT, Shortcut.B, "", "", ""),
                of(Family.IMAGENET, 18, Block.BOTTLENECK, Variant.V1_5, Shortcut.B, "", "", ""),
                of(Family.IMAGENET, 34, Block.BOTTLENECK, Variant.V1_5, Shortcut.B, "", "", ""));
    }

    private static Stream<PublishedNetwork> cifar() {
        return Stream.of(
                cifar(20, Shortcut.A, "0.27 M", "40.6 M", HE_CIFAR + "; He Y. et al. 2018, table 1"),
                cifar(32, Shortcut.A, "0.46 M", "68.9 M", HE_CIFAR + "; He Y. et al. 2018, table 1"),
                cifar(44, Shortcut.A, "0.66 M", "", HE_CIFAR),
                cifar(56, Shortcut.A, "0.85 M", "125 M", PRUNING),
                cifar(110, Shortcut.A, "1.7 M", "253 M", PRUNING),
                cifar(1202, Shortcut.A, "19.4 M", "", HE_CIFAR));
    }

    private static Stream<PublishedNetwork> cifarOthers() {
        return Stream.of(
                cifar(20, Shortcut.NONE, "", "", ""),
                cifar(32, Shortcut.NONE, "", "", ""),
                cifar(44, Shortcut.NONE, "", "", ""),
                cifar(56, Shortcut.NONE, "", "", ""),
                cifar(110, Shortcut.NONE, "", "", ""),
                cifar(20, Shortcut.B, "", "", ""),
                cifar(20, Shortcut.C, "", "", ""),
                of(Family.CIFAR, 20, Block.BASIC, Variant.D, Shortcut.B, "", "", ""));
    }

    private static Stream<PublishedNetwork> cifarPreActivation() {
        return Stream.of(
                of(Family.CIFAR, 110, Block.BASIC, Variant.PREACT, Shortcut.A, "", "", ""),
                of(Family.CIFAR, 164, Block.BOTTLENECK, Variant.PREACT, Shortcut.B, "1.7 M", "", HE_2016),
                of(Family.CIFAR, 1001, Block.BOTTLENECK, Variant.PREACT, Shortcut.B, "10.2 M", "", HE_2016));
    }

    private static Stream<PublishedNetwork> cifarResNet18() {
        String kuangliu = "kuangliu/pytorch-cifar";
        return Stream.of(
                of(Family.CIFAR_RESNET18, 18, Block.BASIC, Variant.V1_5, Shortcut.B, "11,173,962", "", kuangliu),
                of(Family.CIFAR_RESNET18, 34, Block.BASIC, Variant.V1_5, Shortcut.B, "", "", ""),
                of(Family.CIFAR_RESNET18, 50, Block.BOTTLENECK, Variant.V1_5, Shortcut.B, "", "", ""),
                of(Family.CIFAR_RESNET18, 101, Block.BOTTLENECK, Variant.V1_5, Shortcut.B, "", "", ""),
                of(Family.CIFAR_RESNET18, 152, Block.BOTTLENECK, Variant.V1_5, Shortcut.B, "", "", ""),
                of(Family.CIFAR_RESNET18, 200, Block.BOTTLENECK, Variant.V1_5, Shortcut.B, "", "", ""));
    }

    /** Variant d with its deep stem. timm calls 18 bottleneck layers resnet26d. */
    private static PublishedNetwork deep(int depth, Block block, String parameters) {
        ResNetSpec spec = new ResNetSpec(
                Family.IMAGENET,
                depth,
                block,
                Variant.D,
                Shortcut.B,
                true,
                false,
                1000,
                Family.IMAGENET.defaultInput(),
                ResNetSpec.Initialization.HE_FAN_IN,
                Stem.DEEP);
        String source = parameters.isEmpty() ? "" : "timm";
        return new PublishedNetwork(settings(spec), spec, given(parameters), given(""), given(source));
    }

    private static PublishedNetwork imageNet(
            int depth, Variant variant, Shortcut shortcut, String parameters, String multiplyAdds, String source) {
        return of(
                Family.IMAGENET,
                depth,
                StageBlocks.usual(Family.IMAGENET, depth),
                variant,
                shortcut,
                parameters,
                multiplyAdds,
                source);
    }

    private static PublishedNetwork cifar(
            int depth, Shortcut shortcut, String parameters, String multiplyAdds, String source) {
        return of(Family.CIFAR, depth, Block.BASIC, Variant.V1, shortcut, parameters, multiplyAdds, source);
    }

    private static PublishedNetwork of(
            Family family,
            int depth,
            Block block,
            Variant variant,
            Shortcut shortcut,
            String parameters,
            String multiplyAdds,
            String source) {
        int classes = family == Family.IMAGENET ? 1000 : 10;
        ResNetSpec spec =
                new ResNetSpec(family, depth, block, variant, shortcut, true, false, classes, family.defaultInput());
        return new PublishedNetwork(settings(spec), spec, given(parameters), given(multiplyAdds), given(source));
    }

    /** The settings of a network for its family's usual pictures and classes, without those at their defaults. */
    private static String settings(ResNetSpec spec) {
        Family family = spec.family();
        List<String> settings = new ArrayList<>();
        if (family != Family.CIFAR) {
            settings.add("family=" + ChoiceNames.of(family));
        }
        settings.add("depth=" + spec.depth());
        if (spec.block() != StageBlocks.usual(family, spec.depth())) {
            settings.add("block=" + ChoiceNames.of(spec.block()));
        }
        if (spec.variant() != family.usualVariant()) {
            settings.add("variant=" + ChoiceNames.of(spec.variant()));
        }
        if (spec.shortcut() != family.usualShortcut()) {
            settings.add("shortcut=" + ChoiceNames.of(spec.shortcut()));
        }
        return String.join(",", settings);
    }

    private static Optional<String> given(String figure) {
        return Optional.of(figure).filter(text -> !text.isEmpty());
    }
}
