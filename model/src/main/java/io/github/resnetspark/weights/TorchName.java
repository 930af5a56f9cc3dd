package io.github.resnetspark.weights;

import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.Variant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Maps the names of vertices to the names of modules in PyTorch's ResNets. torchvision's names are the common form. The public CIFAR
 * networks name the head {@code linear} and a projection {@code shortcut}. Wrappers that were used in training add a prefix to all
 * names: {@code module.} for several GPUs or averaged weights, {@code _orig_mod.} for a compiled network. The {@link Variant}
 * defines the names within a block.
 */
final class TorchName {
    private static final Pattern IN_BLOCK = Pattern.compile("stage(\\d+)-block(\\d+)-(.+)");

    /** The start of a name within the network, without any prefix. */
    private static final Pattern OURS = Pattern.compile("(conv1|bn1|bn|layer\\d+|fc|linear)\\.");

    /** PyTorch's counter of the batches that a batch normalisation has seen. */
    static final String BATCHES = "num_batches_tracked";

    private static final Set<String> COUNTERS = Set.of(BATCHES, "n_averaged");

    private TorchName() {}

    /** Whether the tensor is not a weight but a counter: of batches in a batch normalisation, or of averaged networks. */
    static boolean isCounter(String name) {
        return COUNTERS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** The prefix that all names except counters share, such as {@code module.}, or an empty string. */
    static String sharedPrefix(Collection<String> names) {
        List<String> weights = names.stream().filter(name -> !isCounter(name)).toList();
        String prefix = "";
        while (!weights.isEmpty()) {
            String first = weights.get(0);
            int dot = first.indexOf('.', prefix.length());
            if (dot < 0
                    || OURS.matcher(first)
                            .region(prefix.length(), first.length())
                            .lookingAt()) {
                return prefix;
            }
            String longer = first.substring(0, dot + 1);
            if (!weights.stream().allMatch(name -> name.startsWith(longer))) {
                return prefix;
            }
            prefix = longer;
        }
        return prefix;
    }

    /** torchvision's name of the module of a vertex with weights, such as {@code layer3.0.downsample.0}. */
    static String ofVertex(String vertex, Variant variant) {
        return switch (vertex) {
            case "stem-conv" -> "conv1";
            case "stem-bn" -> "bn1";
            // timm's deep stem is a sequence: conv, bn, relu, conv, bn, relu, conv.
            case "stem-conv1" -> "conv1.0";
            case "stem-bn1" -> "conv1.1";
            case "stem-conv2" -> "conv1.3";
            case "stem-bn2" -> "conv1.4";
            case "stem-conv3" -> "conv1.6";
            case ResNet.HEAD -> "fc";
            default -> inOrBehindBlocks(vertex, variant);
        };
    }

    private static String inOrBehindBlocks(String vertex, Variant variant) {
        Matcher matcher = IN_BLOCK.matcher(vertex);
        boolean isInBlock = matcher.matches();
        String module = variant.torchName(isInBlock ? matcher.group(3) : vertex)
                .orElseThrow(() -> new IllegalArgumentException("PyTorch has no name for the vertex " + vertex));
        return isInBlock
                ? "layer" + matcher.group(1) + "." + (Integer.parseInt(matcher.group(2)) - 1) + "." + module
                : module;
    }

    /** Converts a name without prefix to torchvision's form. */
    static String common(String bare) {
        return bare.startsWith("linear.")
                ? "fc." + bare.substring("linear.".length())
                : bare.replace(".shortcut.", ".downsample.");
    }

    /** Converts a name in torchvision's form to the form of a family's public networks. */
    static String inFamily(String common, Family family) {
        if (family == Family.IMAGENET) {
            return common;
        }
        return common.startsWith("fc.")
                ? "linear." + common.substring("fc.".length())
                : common.replace(".downsample.", ".shortcut.");
    }
}
