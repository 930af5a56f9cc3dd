package io.github.resnetspark.network;

import io.github.resnetspark.failure.Problem;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The specification of a network: everything that its graph depends on.
 *
 * @param family the stem, the widths of the stages and the possible depths
 * @param depth number of layers with weights, as the papers count them: 18, 34, 50, 101, 152 or 200, or 6n+2 for CIFAR. With
 *     bottlenecks it is 9n+2 for CIFAR, and 18 and 34 mean the numbers of blocks of these networks
 * @param block the kind of block
 * @param variant the order of the operations in a block, and the convolution that strides
 * @param shortcut the skip connection of blocks that change the shape
 * @param batchNorm whether batch normalisation follows each convolution; without it, convolutions have biases
 * @param zeroGamma whether the last batch normalisation of each block starts with γ = 0, so that the block starts as the
 *     identity (Goyal et al. 2017, section 5.1)
 * @param classes number of classes, at least 2
 * @param input side of the square input picture, in pixels
 * @param initialization of the weights of convolutions
 * @param stem the convolutions before the first block
 */
public record ResNetSpec(
        Family family,
        int depth,
        Block block,
        Variant variant,
        Shortcut shortcut,
        boolean batchNorm,
        boolean zeroGamma,
        int classes,
        int input,
        Initialization initialization,
        Stem stem)
        implements Serializable {
    /** The largest side of a picture, in pixels: a damaged file could request more memory than the machine has. */
    public static final int LARGEST_INPUT = 2048;

    /**
     * Validates the values.
     *
     * @throws SpecException with all problems, if there is no such network
     */
    public ResNetSpec(
            Family family,
            int depth,
            Block block,
            Variant variant,
            Shortcut shortcut,
            boolean batchNorm,
            boolean zeroGamma,
            int classes,
            int input,
            Initialization initialization,
            Stem stem) {
        this.family = family;
        this.depth = depth;
        this.block = block;
        this.variant = variant;
        this.shortcut = shortcut;
        this.batchNorm = batchNorm;
        this.zeroGamma = zeroGamma;
        this.classes = classes;
        this.input = input;
        this.initialization = initialization;
        this.stem = stem;
        List<Problem> problems = SpecProblems.of(this);
        if (!problems.isEmpty()) {
            throw new SpecException(problems);
        }
    }

    /** With the initialization of He et al. and the family's stem. */
    public ResNetSpec(
            Family family,
            int depth,
            Block block,
            Variant variant,
            Shortcut shortcut,
            boolean batchNorm,
            boolean zeroGamma,
            int classes,
            int input) {
        this(
                family,
                depth,
                block,
                variant,
                shortcut,
                batchNorm,
                zeroGamma,
                classes,
                input,
                Initialization.HE_FAN_IN,
                Stem.STANDARD);
    }

    /** The same network with another number of classes. Only its head differs. */
    public ResNetSpec withClasses(int other) {
        return new ResNetSpec(
                family, depth, block, variant, shortcut, batchNorm, zeroGamma, other, input, initialization, stem);
    }

    /** The same network for pictures of another side. It has the same parameters. */
    public ResNetSpec withInput(int side) {
        return new ResNetSpec(
                family, depth, block, variant, shortcut, batchNorm, zeroGamma, classes, side, initialization, stem);
    }

    /** torchvision's ImageNet network of a depth (v1.5, option B). */
    public static ResNetSpec imageNet(int depth, int classes) {
        return new ResNetSpec(
                Family.IMAGENET,
                depth,
                usualBlock(Family.IMAGENET, depth),
                Variant.V1_5,
                Shortcut.B,
                true,
                false,
                classes,
                224);
    }

    /** The CIFAR network of a depth (6n+2). */
    public static ResNetSpec cifar(int depth, Shortcut shortcut, int classes) {
        return new ResNetSpec(Family.CIFAR, depth, Block.BASIC, Variant.V1, shortcut, true, false, classes, 32);
    }

    /** The kind of block that the papers use at a depth. */
    public static Block usualBlock(Family family, int depth) {
        return StageBlocks.usual(family, depth);
    }

    /** The names of its parts, with which the names of their vertices begin: {@code stem}, {@code stage1} and so on, {@code fc}. */
    public List<String> parts() {
        return Stream.of(
                        Stream.of("stem"),
                        stages().stream().map(stage -> "stage" + stage.index()),
                        Stream.of(ResNet.HEAD))
                .flatMap(Function.identity())
                .toList();
    }

    /** The stages in order. */
    List<StageBlocks.Stage> stages() {
        return StageBlocks.stages(family, StageBlocks.of(family, depth, block).orElseThrow());
    }

    /** The display name, such as "ResNet-50 v1.5", "CIFAR ResNet-20 (A)" or "CIFAR plain-20". */
    public String displayName() {
        boolean isCifar = family == Family.CIFAR;
        boolean isPlain = shortcut == Shortcut.NONE;
        StringBuilder name = new StringBuilder(isCifar ? "CIFAR " : "");
        name.append(isPlain ? "plain-" : "ResNet-").append(depth);
        if (variant.design().isNamedWith(block)) {
            name.append(' ').append(variant);
        }
        if (!isPlain && (isCifar || shortcut != family.usualShortcut())) {
            name.append(" (").append(shortcut).append(')');
        }
        if (block != StageBlocks.usual(family, depth)) {
            name.append(" of ").append(block.plural());
        }
        if (family == Family.CIFAR_RESNET18) {
            name.append(" with a 3×3 stem");
        }
        boolean isUsualStem = family != Family.IMAGENET || (stem == Stem.DEEP) == (variant == Variant.D);
        if (!isUsualStem) {
            name.append(stem == Stem.DEEP ? " with a deep stem" : " with a 7×7 stem");
        }
        if (!batchNorm) {
            name.append(" without batch-norm");
        }
        return name.toString();
    }

    /**
     * The initial weights of convolutions: N(0, 2 / fan) (He et al. 2015, "Delving Deep into Rectifiers", section 2.2). The
     * constants differ more with a stride, because a pixel then contributes to fewer outputs than the fan-out counts.
     */
    public enum Initialization {
        /** The fan is in · height · width. Keeps the variance of activations in the forward pass. */
        HE_FAN_IN,
        /** The fan is out · height · width. Keeps the variance of gradients in the backward pass. The PyTorch codes use it. */
        HE_FAN_OUT
    }
}
