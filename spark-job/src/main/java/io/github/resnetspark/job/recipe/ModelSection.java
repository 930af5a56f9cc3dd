package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.resnet.Block;
import io.github.resnetspark.resnet.Family;
import io.github.resnetspark.resnet.ResNetSpec;
import io.github.resnetspark.resnet.ResNetSpec.Initialization;
import io.github.resnetspark.resnet.Shortcut;
import io.github.resnetspark.resnet.Variant;

/** Reads the network of the section {@code model}. What the recipe leaves out is what the papers have. */
final class ModelSection {
    private static final ResNetSpec DEFAULT = ResNetSpec.cifar(20, Shortcut.A, 10);

    private ModelSection() {}

    static ResNetSpec read(RecipeSection section) {
        Family family = section.choice(
                "family", Family.CIFAR, "Choose imagenet for large pictures, cifar or cifar-resnet18 for 32×32.");
        int depth = section.integer(
                "depth", usualDepth(family), Range.any(), "Set it to the number of layers with weights, e.g. 20.");
        Block block =
                section.choice("block", ResNetSpec.usualBlock(family, depth), "Leave block out for the usual one.");
        Variant variant = section.choice("variant", family.usualVariant(), Variant.remedy());
        Shortcut shortcut = section.choice("shortcut", family.usualShortcut(), Shortcut.remedy());
        boolean batchNorm = section.truth("batch-norm", true, "Set it to false for a network with biases instead.");
        boolean zeroGamma = section.truth("zero-gamma", false, "Set it to true to start every block as the identity.");
        int classes = section.integer(
                "classes",
                family == Family.IMAGENET ? 1000 : 10,
                Range.any(),
                "Set it to the number of labels in the data, e.g. 10.");
        int input = section.integer(
                "input",
                family.defaultInput(),
                Range.any(),
                "Set it to the side of the input picture in pixels, e.g. " + family.defaultInput() + ".");
        Initialization initialization = section.choice(
                "initialization",
                Initialization.HE_FAN_IN,
                "Choose he-fan-in, or he-fan-out as torch's networks start.");
        try {
            return new ResNetSpec(
                    family, depth, block, variant, shortcut, batchNorm, zeroGamma, classes, input, initialization);
        } catch (IllegalArgumentException e) {
            e.getMessage()
                    .lines()
                    .forEach(problem -> section.note(problem.substring(0, problem.indexOf(' ')), problem));
            return DEFAULT;
        }
    }

    private static int usualDepth(Family family) {
        return switch (family) {
            case IMAGENET -> 50;
            case CIFAR -> 20;
            case CIFAR_RESNET18 -> 18;
        };
    }
}
