package io.github.resnetspark.network;

import io.github.resnetspark.failure.Problem;
import java.io.Serializable;
import java.util.List;

/**
 * Which network: everything that its graph depends on.
 *
 * @param family the family: stem, stage widths, possible depths
 * @param depth layers with weights, as the papers count them: 18, 34, 50, 101, 152, 200, or 6n+2; of bottlenecks 9n+2, while 18
 *     and 34 then name the number of blocks
 * @param block the kind of block
 * @param variant in which order a block computes what, and where it strides
 * @param shortcut what the skip connection does where the shape changes
 * @param batchNorm whether every convolution is followed by batch normalisation; without it convolutions have biases
 * @param zeroGamma whether the last batch normalisation of each block starts at γ = 0, so that the block starts as the
 *     identity (Goyal et al. 2017, section 5.1)
 * @param classes how many classes the network tells apart, at least 2
 * @param input the side of the square input picture, in pixels
 * @param initialization how the weights of convolutions start
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
        Initialization initialization)
        implements Serializable {

    /**
     * Refuses a network that does not exist.
     *
     * @throws SpecException with every problem
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
            Initialization initialization) {
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
        List<Problem> problems = SpecProblems.of(this);
        if (!problems.isEmpty()) {
            throw new SpecException(problems);
        }
    }

    /** With weights that start as He et al. draw them. */
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
        this(family, depth, block, variant, shortcut, batchNorm, zeroGamma, classes, input, Initialization.HE_FAN_IN);
    }

    /** The same network for another number of classes: only its head differs. */
    public ResNetSpec withClasses(int other) {
        return new ResNetSpec(
                family, depth, block, variant, shortcut, batchNorm, zeroGamma, other, input, initialization);
    }

    /** The ImageNet network of a depth as torchvision has it (v1.5, option B). */
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

    /** The stages in order. */
    List<StageBlocks.Stage> stages() {
        return StageBlocks.stages(family, StageBlocks.of(family, depth, block).orElseThrow());
    }

    /** The name that people use: «ResNet-50 v1.5», «CIFAR ResNet-20 (A)», «CIFAR plain-20». */
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
        if (!batchNorm) {
            name.append(" without batch-norm");
        }
        return name.toString();
    }

    /**
     * How the weights of convolutions start: N(0, 2 / fan) (He et al. 2015, «Delving Deep into Rectifiers», section 2.2). A
     * stride makes the two differ more, for a pixel then goes to fewer outputs than are counted.
     */
    public enum Initialization {
        /** The fan is in · height · width: keeps the variance of activations on their way forward. */
        HE_FAN_IN,
        /** The fan is out · height · width: keeps the variance of gradients on their way back; what the torch codes take. */
        HE_FAN_OUT
    }
}
