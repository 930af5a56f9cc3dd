package io.github.resnetspark.resnet;

/** What people call a network: the depth, and whatever is not usual for its family. */
final class DisplayName {
    private DisplayName() {}

    static String of(ResNetSpec spec) {
        boolean isCifar = spec.family() == Family.CIFAR;
        boolean isPlain = spec.shortcut() == Shortcut.NONE;
        StringBuilder name = new StringBuilder(isCifar ? "CIFAR " : "");
        name.append(isPlain ? "plain-" : "ResNet-").append(spec.depth());
        if (hasVariants(spec)) {
            name.append(' ').append(spec.variant());
        }
        if (!isPlain && (isCifar || spec.shortcut() != Shortcut.B)) {
            name.append(" (").append(spec.shortcut()).append(')');
        }
        if (spec.block() != StageBlocks.usual(spec.family(), spec.depth())) {
            name.append(" of bottlenecks");
        }
        if (spec.family() == Family.CIFAR_RESNET18) {
            name.append(" with a 3×3 stem");
        }
        if (!spec.batchNorm()) {
            name.append(" without batch-norm");
        }
        return name.toString();
    }

    /** Basic blocks are the same in most variants. */
    private static boolean hasVariants(ResNetSpec spec) {
        return spec.block() == Block.BOTTLENECK || spec.variant() == Variant.PREACT || spec.variant() == Variant.D;
    }
}
