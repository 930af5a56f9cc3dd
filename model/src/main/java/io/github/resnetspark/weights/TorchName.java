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
 * How torch's ResNets call the modules that our vertices are. torchvision's names are the common form; the public CIFAR
 * networks call the head {@code linear} and a projection {@code shortcut}, and whatever was wrapped around a network while it
 * was trained stands in front of all names: {@code module.} of several GPUs or of averaged weights, {@code _orig_mod.} of a
 * compiled network. What the pieces of a block are called is the {@link Variant}'s to say.
 */
final class TorchName {
    private static final Pattern IN_BLOCK = Pattern.compile("stage(\\d+)-block(\\d+)-(.+)");

    /** How the name of a module of ours begins. */
    private static final Pattern OURS = Pattern.compile("(conv1|bn1|bn|layer\\d+|fc|linear)\\.");

    /** How many batches a batch normalisation has seen. */
    static final String BATCHES = "num_batches_tracked";

    private static final Set<String> COUNTERS = Set.of(BATCHES, "n_averaged");

    private TorchName() {}

    /** Whether it is no weight: torch counts the batches of a batch normalisation, and how many networks it has averaged. */
    static boolean isCounter(String name) {
        return COUNTERS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** The modules around the network: what all names but those of counters begin with, such as {@code module.}, or nothing. */
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

    /** The module that a vertex with weights is, e.g. {@code layer3.0.downsample.0}, as torchvision calls it. */
    static String ofVertex(String vertex, Variant variant) {
        return switch (vertex) {
            case "stem-conv" -> "conv1";
            case "stem-bn" -> "bn1";
            case ResNet.HEAD -> "fc";
            default -> inOrBehindBlocks(vertex, variant);
        };
    }

    private static String inOrBehindBlocks(String vertex, Variant variant) {
        Matcher matcher = IN_BLOCK.matcher(vertex);
        boolean isInBlock = matcher.matches();
        String module = variant.torchName(isInBlock ? matcher.group(3) : vertex)
                .orElseThrow(() -> new IllegalArgumentException("torch has no name for the vertex " + vertex));
        return isInBlock
                ? "layer" + matcher.group(1) + "." + (Integer.parseInt(matcher.group(2)) - 1) + "." + module
                : module;
    }

    /** A name of either kind, with nothing in front of it, in torchvision's form. */
    static String common(String bare) {
        return bare.startsWith("linear.")
                ? "fc." + bare.substring("linear.".length())
                : bare.replace(".shortcut.", ".downsample.");
    }

    /** A name in torchvision's form as a family's public networks write it. */
    static String inFamily(String common, Family family) {
        if (family == Family.IMAGENET) {
            return common;
        }
        return common.startsWith("fc.")
                ? "linear." + common.substring("fc.".length())
                : common.replace(".downsample.", ".shortcut.");
    }
}
