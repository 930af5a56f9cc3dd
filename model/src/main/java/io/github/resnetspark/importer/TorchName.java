package io.github.resnetspark.importer;

import io.github.resnetspark.resnet.Family;
import io.github.resnetspark.resnet.ResNet;
import io.github.resnetspark.resnet.Variant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How torch's ResNets call the modules that our vertices are. torchvision's names are the common form; the public CIFAR
 * networks call the head {@code linear} and a projection {@code shortcut}, and a network that was trained on several GPUs
 * has {@code module.} in front. The last batch normalisation of a pre-activation network is {@code bn}. In variant d the
 * average pool is the first module of a {@code downsample}, as timm's {@code avg_down} has it, and stands there even where
 * nothing is pooled.
 */
final class TorchName {
    private static final Pattern IN_BLOCK =
            Pattern.compile("stage(\\d+)-block(\\d+)-(conv\\d|bn\\d|shortcut-conv|shortcut-bn)");

    private TorchName() {}

    /** The module that a vertex with weights is, e.g. {@code layer3.0.downsample.0}, as torchvision calls it. */
    static String ofVertex(String vertex, Variant variant) {
        return switch (vertex) {
            case "stem-conv" -> "conv1";
            case "stem-bn" -> "bn1";
            case "final-bn" -> "bn";
            case ResNet.HEAD -> "fc";
            default -> inBlock(vertex, variant);
        };
    }

    private static String inBlock(String vertex, Variant variant) {
        Matcher matcher = IN_BLOCK.matcher(vertex);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("torch has no name for the vertex " + vertex);
        }
        int block = Integer.parseInt(matcher.group(2)) - 1;
        int projection = variant.averagesShortcuts() ? 1 : 0;
        String module =
                switch (matcher.group(3)) {
                    case "shortcut-conv" -> "downsample." + projection;
                    case "shortcut-bn" -> "downsample." + (projection + 1);
                    default -> matcher.group(3);
                };
        return "layer" + matcher.group(1) + "." + block + "." + module;
    }

    /** A name of either kind in torchvision's form. */
    static String common(String name) {
        String bare = name.startsWith("module.") ? name.substring("module.".length()) : name;
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
