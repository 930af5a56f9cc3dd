package io.github.resnetspark.job.recipe;

import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.resnet.Block;
import io.github.resnetspark.resnet.Family;
import io.github.resnetspark.resnet.ResNetSpec;
import io.github.resnetspark.resnet.Shortcut;
import io.github.resnetspark.resnet.Variant;
import java.util.List;

/** Reads the network of the section {@code model}. What the recipe leaves out is what the papers have. */
final class ModelSection {
    private static final ResNetSpec DEFAULT = ResNetSpec.cifar(20, Shortcut.A, 10);

    private ModelSection() {}

    static ResNetSpec read(RecipeSection section) {
        Family family = section.choice("family", Family.CIFAR, "Choose imagenet for large pictures, cifar for 32×32.");
        int depth = section.integer(
                "depth",
                family == Family.CIFAR ? 20 : 50,
                Range.any(),
                "Set it to the number of layers with weights, e.g. 20.");
        Block block =
                section.choice("block", ResNetSpec.usualBlock(family, depth), "Leave block out for the usual one.");
        Variant variant = section.choice(
                "variant",
                family == Family.CIFAR ? Variant.V1 : Variant.V1_5,
                "Choose v1 for the paper's network, v1.5 for torchvision's.");
        Shortcut shortcut = section.choice(
                "shortcut",
                family == Family.CIFAR ? Shortcut.A : Shortcut.B,
                "Choose A for the paper's CIFAR networks, B for ImageNet, none for a plain network.");
        boolean batchNorm = section.truth("batch-norm", true, "Set it to false for a network with biases instead.");
        boolean zeroGamma = section.truth("zero-gamma", false, "Set it to true to start every block as the identity.");
        int classes = section.integer(
                "classes",
                family == Family.CIFAR ? 10 : 1000,
                Range.any(),
                "Set it to the number of labels in the data, e.g. 10.");
        int input = section.integer(
                "input",
                family.defaultInput(),
                Range.any(),
                "Set it to the side of the input picture in pixels, e.g. " + family.defaultInput() + ".");
        List<String> problems =
                ResNetSpec.problems(family, depth, block, shortcut, batchNorm, zeroGamma, classes, input);
        problems.forEach(problem -> section.note(problem.substring(0, problem.indexOf(' ')), problem));
        return problems.isEmpty()
                ? new ResNetSpec(family, depth, block, variant, shortcut, batchNorm, zeroGamma, classes, input)
                : DEFAULT;
    }
}
