package io.github.resnetspark.network;

import io.github.resnetspark.message.model.NetworkFailures;
import io.github.resnetspark.recipe.ChoiceNames;
import java.util.Arrays;
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

    /** What is wrong with a depth that {@link #of} has no blocks for, and what to set. */
    static String problem(Family family, int depth, Block block) {
        if (family != Family.CIFAR) {
            return NetworkFailures.depthOfFamily(depth, ChoiceNames.of(family), List.copyOf(IMAGENET.keySet()));
        }
        if (depth > DEEPEST) {
            return NetworkFailures.tooDeep(depth, DEEPEST);
        }
        int layers = layersOfThreeBlocks(block);
        Optional<Block> other = Arrays.stream(Block.values())
                .filter(kind -> isOfThreeStages(depth, kind))
                .findFirst();
        if (other.isPresent()) {
            return NetworkFailures.depthOfOtherBlock(depth, layers, ChoiceNames.of(block), ChoiceNames.of(other.get()));
        }
        String unusual = block == usual(family, depth) ? "" : ChoiceNames.of(block);
        List<Integer> published = block.cifarDepths();
        return NetworkFailures.depthOfCifar(depth, layers, unusual, published, nearest(depth, published));
    }

    private static boolean isOfThreeStages(int depth, Block block) {
        int layers = layersOfThreeBlocks(block);
        return depth >= layers + 2 && depth <= DEEPEST && depth % layers == 2;
    }

    /** Layers with weights of one block in each of the three stages. */
    private static int layersOfThreeBlocks(Block block) {
        return 3 * block.convolutions().size();
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

    /**
     * One stage of a network: blocks that work on pictures of one size.
     *
     * @param index the stage's number, from 1
     * @param width channels of its 3×3 convolutions
     * @param blocks how many blocks it has
     * @param stride the stride of its first block: 1 or 2
     */
    record Stage(int index, int width, int blocks, int stride) {}
}
