package io.github.resnetspark.message.model;

import java.util.List;
import java.util.stream.Collectors;

/** Why settings of a recipe's section {@code model} do not make a network. Every message begins with the key and its value. */
public final class NetworkFailures {
    private static final String ZERO_GAMMA = "zero-gamma is true but ";

    private NetworkFailures() {}

    public static String depthOfFamily(int depth, String family, List<Integer> depths) {
        return isButHas(depth, family) + "only depths " + listed(depths) + ". Set one of these.";
    }

    public static String tooDeep(int depth, int limit) {
        return "depth is " + depth + " but must be at most " + limit + ". Set a smaller one, e.g. 1202.";
    }

    /**
     * A CIFAR network has no such depth.
     *
     * @param layers L of the depths L·n+2 that there are
     * @param block the kind of block if it is not the usual one, else empty
     */
    public static String depthOfCifar(int depth, int layers, String block, List<Integer> published, int nearest) {
        return cifar(depth, layers, block) + ". Set one of " + listed(published) + ", e.g. " + nearest + ".";
    }

    /**
     * A CIFAR network has such a depth with another kind of block only.
     *
     * @param layers L of the depths L·n+2 that there are
     */
    public static String depthOfOtherBlock(int depth, int layers, String block, String otherBlock) {
        return cifar(depth, layers, block) + ". Set block = " + otherBlock + ".";
    }

    public static String basicBlocksTooDeep(int depth) {
        return "block is basic but ResNet-" + depth
                + " consists of bottleneck blocks. Remove block or set it to bottleneck.";
    }

    public static String authorsDepth(List<Integer> released) {
        return "variant is authors but the authors released only depths " + listed(released)
                + " of the imagenet family. Set variant = v1.";
    }

    public static String authorsInput(int input, int usual) {
        return "input is " + input + " but must be a multiple of 4, because the max-pool of variant authors has no"
                + " padding. Set it to " + usual + ".";
    }

    public static String deepStemOnlyForImageNet() {
        return "stem is deep, which replaces the 7×7 convolution of ImageNet's networks. Set stem = standard for other families and"
                + " for the variant authors.";
    }

    public static String averagingWithoutShortcut() {
        return "variant is d, which changes only shortcuts, but shortcut is none. Set variant = v1.5 or choose a shortcut.";
    }

    public static String preActivationWithoutBatchNorm() {
        return "variant is preact, which needs batch normalisation, but batch-norm is false. Set variant = v1 or"
                + " batch-norm = true.";
    }

    public static String zeroGammaWithoutBatchNorm() {
        return ZERO_GAMMA + "without batch-norm there is no γ. Set zero-gamma = false or batch-norm = true.";
    }

    public static String zeroGammaWithoutShortcut() {
        return ZERO_GAMMA
                + "without skip connections such a network outputs only zeros. Set zero-gamma = false or choose"
                + " a shortcut.";
    }

    public static String zeroGammaWithPreActivation() {
        return ZERO_GAMMA + "a preact block ends in a convolution, and a ReLU after γ = 0 stays at 0. Set zero-gamma ="
                + " false.";
    }

    public static String tooFewClasses(int classes) {
        return "classes is " + classes + " but must be at least 2. Set it to the number of labels in the data.";
    }

    public static String inputTooSmall(int input, int smallest, int usual) {
        return "input is " + input + " pixels but must be at least " + smallest
                + ", because the network halves it several times. Set it to " + usual + ".";
    }

    public static String inputTooLarge(int input, int largest, int usual) {
        return "input is " + input + " pixels but must be at most " + largest
                + ", because memory use grows with its square. Set it to " + usual + ".";
    }

    private static String cifar(int depth, int layers, String block) {
        return isButHas(depth, "cifar") + "depths of " + layers + "n+2, starting at " + (layers + 2)
                + (block.isEmpty() ? "" : ", with " + block + " blocks");
    }

    private static String isButHas(int depth, String family) {
        return "depth is " + depth + " but the " + family + " family has ";
    }

    private static String listed(List<Integer> depths) {
        int last = depths.size() - 1;
        return depths.subList(0, last).stream().map(String::valueOf).collect(Collectors.joining(", ")) + " and "
                + depths.get(last);
    }
}
