package io.github.resnetspark.resnet;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which network: everything that its graph depends on.
 *
 * @param family the family: stem, stage widths, possible depths
 * @param depth layers with weights, as the papers count them: 18, 34, 50, 101, 152, or 6n+2
 * @param block the kind of block
 * @param variant where a bottleneck strides
 * @param shortcut what the skip connection does where the shape changes
 * @param batchNorm whether every convolution is followed by batch normalisation; without it convolutions have biases
 * @param zeroGamma whether the last batch normalisation of each block starts at γ = 0, so that the block starts as the
 *     identity (Goyal et al. 2017, section 5.1)
 * @param classes how many classes the network tells apart, at least 2
 * @param input the side of the square input picture, in pixels
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
        int input)
        implements Serializable {

    /** The ImageNet depths of He et al. 2015, table 1, with the blocks of each stage. */
    private static final List<ImageNetDepth> IMAGENET_DEPTHS = List.of(
            new ImageNetDepth(18, Block.BASIC, List.of(2, 2, 2, 2)),
            new ImageNetDepth(34, Block.BASIC, List.of(3, 4, 6, 3)),
            new ImageNetDepth(50, Block.BOTTLENECK, List.of(3, 4, 6, 3)),
            new ImageNetDepth(101, Block.BOTTLENECK, List.of(3, 4, 23, 3)),
            new ImageNetDepth(152, Block.BOTTLENECK, List.of(3, 8, 36, 3)));

    private record ImageNetDepth(int depth, Block block, List<Integer> blocks) {}

    /**
     * Refuses a network that does not exist.
     *
     * @throws IllegalArgumentException with every problem, one to a line
     */
    public ResNetSpec {
        List<String> problems = problems(family, depth, block, shortcut, batchNorm, zeroGamma, classes, input);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
        }
    }

    /** The same network for another number of classes: only its head differs. */
    public ResNetSpec withClasses(int other) {
        return new ResNetSpec(family, depth, block, variant, shortcut, batchNorm, zeroGamma, other, input);
    }

    /** The ImageNet network of a depth as torchvision has it (v1.5, option B). */
    public static ResNetSpec imageNet(int depth, int classes) {
        Block block = depth < 50 ? Block.BASIC : Block.BOTTLENECK;
        return new ResNetSpec(Family.IMAGENET, depth, block, Variant.V1_5, Shortcut.B, true, false, classes, 224);
    }

    /** The CIFAR network of a depth (6n+2). */
    public static ResNetSpec cifar(int depth, Shortcut shortcut, int classes) {
        return new ResNetSpec(Family.CIFAR, depth, Block.BASIC, Variant.V1, shortcut, true, false, classes, 32);
    }

    /** The kind of block that the papers use at a depth. */
    public static Block usualBlock(Family family, int depth) {
        return family == Family.IMAGENET && depth >= 50 ? Block.BOTTLENECK : Block.BASIC;
    }

    /**
     * What is wrong with these values together: one sentence with the value and one with the remedy each; empty if they
     * make a network.
     */
    public static List<String> problems(
            Family family,
            int depth,
            Block block,
            Shortcut shortcut,
            boolean batchNorm,
            boolean zeroGamma,
            int classes,
            int input) {
        List<String> problems = new ArrayList<>();
        switch (family) {
            case IMAGENET -> {
                if (IMAGENET_DEPTHS.stream().noneMatch(known -> known.depth == depth)) {
                    problems.add("depth is " + depth + " but the imagenet family has only 18, 34, 50, 101 and 152."
                            + " Set one of these.");
                } else if (block != usualBlock(family, depth)) {
                    problems.add("block is " + recipeName(block) + " but ResNet-" + depth + " is made of "
                            + recipeName(usualBlock(family, depth)) + " blocks. Leave block out or set it to "
                            + recipeName(usualBlock(family, depth)) + ".");
                }
                if (shortcut != Shortcut.B) {
                    problems.add("shortcut is " + shortcut
                            + " but the imagenet family has only option B. Set shortcut = B.");
                }
            }
            case CIFAR -> {
                if (depth < 8 || depth % 6 != 2) {
                    problems.add("depth is " + depth + " but the cifar family has depths of 6n+2 from 8 on."
                            + " Set one of 20, 32, 44, 56 and 110, e.g. " + nearestCifarDepth(depth) + ".");
                }
                if (block != Block.BASIC) {
                    problems.add("block is " + recipeName(block) + " but the cifar family is made of basic blocks."
                            + " Leave block out or set it to basic.");
                }
            }
        }
        if (zeroGamma && !batchNorm) {
            problems.add("zero-gamma is true but without batch-norm there is no γ."
                    + " Set zero-gamma = false or batch-norm = true.");
        }
        if (classes < 2) {
            problems.add(
                    "classes is " + classes + " but must be at least 2. Set it to the number of labels in the data.");
        }
        int smallest = family == Family.IMAGENET ? 32 : 8;
        if (input < smallest) {
            problems.add("input is " + input + " but must be at least " + smallest
                    + " pixels, for the network halves it again and again. Set it to "
                    + family.defaultInput() + ".");
        }
        return problems;
    }

    private static String recipeName(Block block) {
        return block == Block.BASIC ? "basic" : "bottleneck";
    }

    private static int nearestCifarDepth(int depth) {
        return List.of(20, 32, 44, 56, 110).stream()
                .min((left, right) -> Integer.compare(Math.abs(left - depth), Math.abs(right - depth)))
                .orElseThrow();
    }

    /** The stages in order. */
    List<Stage> stages() {
        List<Integer> blocks =
                switch (family) {
                    case IMAGENET ->
                        IMAGENET_DEPTHS.stream()
                                .filter(known -> known.depth == depth)
                                .findFirst()
                                .orElseThrow()
                                .blocks();
                    case CIFAR -> Collections.nCopies(3, (depth - 2) / 6);
                };
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            stages.add(new Stage(i + 1, family.widths().get(i), blocks.get(i), i == 0 ? 1 : 2));
        }
        return stages;
    }

    BlockSpec blockSpec() {
        return new BlockSpec(block, variant, shortcut, zeroGamma);
    }

    /** The name that people use: «ResNet-50 v1.5», «CIFAR ResNet-20 (A)». */
    public String displayName() {
        return switch (family) {
            case IMAGENET -> "ResNet-" + depth + (block == Block.BOTTLENECK ? " " + variant : "");
            case CIFAR -> "CIFAR ResNet-" + depth + " (" + shortcut + ")";
        };
    }
}
