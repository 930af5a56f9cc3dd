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

/** The possible depths, and the number of blocks in each stage. */
final class StageBlocks {
    /** Deeper than any trained network; a damaged file could request more memory than the machine has. */
    private static final int DEEPEST = 10_000;

    /** He et al. 2015, table 1; 200 is from He et al. 2016, table 5. */
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

    /** The number of blocks in each stage; empty if the family has no network of this depth. */
    static Optional<List<Integer>> of(Family family, int depth, Block block) {
        return switch (family) {
            case IMAGENET, CIFAR_RESNET18 -> Optional.ofNullable(IMAGENET.get(depth));
            case CIFAR ->
                isOfThreeStages(depth, block)
                        ? Optional.of(Collections.nCopies(3, (depth - 2) / layersOfThreeBlocks(block)))
                        : Optional.empty();
        };
    }

    /** The message for a depth for which {@link #of} returns nothing. */
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

    /** Number of layers with weights in three blocks, one for each stage. */
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
     * One stage of a network: blocks whose outputs have the same size.
     *
     * @param index the stage's number, from 1
     * @param width channels of its 3×3 convolutions
     * @param blocks number of blocks
     * @param stride the stride of its first block: 1 or 2
     */
    record Stage(int index, int width, int blocks, int stride) {}
}
