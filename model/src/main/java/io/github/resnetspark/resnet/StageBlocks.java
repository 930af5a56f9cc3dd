package io.github.resnetspark.resnet;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Which depths there are, and how many blocks each stage then has. */
final class StageBlocks {
    /** More layers than anyone has trained; what a damaged file asks for may be more than there is memory. */
    private static final int DEEPEST = 10_000;

    /** He et al. 2015, table 1; 200 is of He et al. 2016, table 5. */
    private static final Map<Integer, List<Integer>> IMAGENET = new TreeMap<>(Map.of(
            18, List.of(2, 2, 2, 2),
            34, List.of(3, 4, 6, 3),
            50, List.of(3, 4, 6, 3),
            101, List.of(3, 4, 23, 3),
            152, List.of(3, 8, 36, 3),
            200, List.of(3, 24, 36, 3)));

    private static final int SHALLOWEST_BOTTLENECKS = 50;

    private StageBlocks() {}

    /** The kind of block that the papers use at a depth. */
    static Block usual(Family family, int depth) {
        return family != Family.CIFAR && depth >= SHALLOWEST_BOTTLENECKS ? Block.BOTTLENECK : Block.BASIC;
    }

    /** Blocks of each stage; nothing if the family has no network so deep. */
    static Optional<List<Integer>> of(Family family, int depth, Block block) {
        return switch (family) {
            case IMAGENET, CIFAR_RESNET18 -> Optional.ofNullable(IMAGENET.get(depth));
            case CIFAR ->
                isOfThreeStages(depth, block)
                        ? Optional.of(Collections.nCopies(3, (depth - 2) / layersOfThreeBlocks(block)))
                        : Optional.empty();
        };
    }

    /** What is wrong with a depth that {@link #of} has no blocks for, in words that follow «depth», and what to set. */
    static String problem(Family family, int depth, Block block) {
        if (family != Family.CIFAR) {
            return "is " + depth + " but the " + SpecProblems.name(family)
                    + " family has only 18, 34, 50, 101, 152 and 200. Set one of these.";
        }
        if (depth > DEEPEST) {
            return "is " + depth + " but must be at most " + DEEPEST + ". Set a smaller one, e.g. 1202.";
        }
        boolean basic = block == Block.BASIC;
        int layers = layersOfThreeBlocks(block);
        String fact =
                "is " + depth + " but the cifar family has depths of " + layers + "n+2 from " + (layers + 2) + " on";
        Block other = basic ? Block.BOTTLENECK : Block.BASIC;
        if (isOfThreeStages(depth, other)) {
            return fact + " with " + SpecProblems.name(block) + " blocks. Set block = " + SpecProblems.name(other)
                    + ".";
        }
        return fact
                + (basic ? "" : " with bottleneck blocks") + ". Set one of "
                + (basic ? "20, 32, 44, 56 and 110" : "56, 110, 164 and 1001") + ", e.g. "
                + nearest(depth, basic ? List.of(20, 32, 44, 56, 110) : List.of(56, 110, 164, 1001)) + ".";
    }

    private static boolean isOfThreeStages(int depth, Block block) {
        int layers = layersOfThreeBlocks(block);
        return depth >= layers + 2 && depth <= DEEPEST && depth % layers == 2;
    }

    /** Layers with weights of one block in each of the three stages. */
    private static int layersOfThreeBlocks(Block block) {
        return block == Block.BASIC ? 6 : 9;
    }

    private static int nearest(int depth, List<Integer> depths) {
        return depths.stream()
                .min((left, right) -> Integer.compare(Math.abs(left - depth), Math.abs(right - depth)))
                .orElseThrow();
    }

    /** The stages in order. */
    static List<Stage> stages(Family family, List<Integer> blocks) {
        return IntStream.range(0, blocks.size())
                .mapToObj(i -> new Stage(i + 1, family.widths().get(i), blocks.get(i), i == 0 ? 1 : 2))
                .toList();
    }
}
