package io.github.resnetspark.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The skip connections, which differ in blocks that change the shape (He et al. 2015, section 3.3). */
@SuppressWarnings("ImmutableEnumChecker") // Designs are immutable.
public enum Shortcut {
    /** Every second pixel, with zero channels on both sides, as in the public CIFAR networks for PyTorch. Has no parameters. */
    A(ZeroPadding.onBothSides()),
    /** Every second pixel, with zero channels after the others: the usual reading of the paper. Has no parameters. */
    A_END(ZeroPadding.behind()),
    /** A 1×1 convolution with batch normalisation if the shape changes, else the identity. */
    B(Projection.whereTheShapeChanges()),
    /** A 1×1 convolution with batch normalisation in every block. */
    C(Projection.everywhere()),
    /** No skip connections at all: the plain network of the same depth. */
    NONE(new NoShortcut());

    private final ShortcutDesign design;

    Shortcut(ShortcutDesign design) {
        this.design = design;
    }

    ShortcutDesign design() {
        return design;
    }

    /** The remedy for an unknown value: all values and their uses. */
    public static String remedy() {
        Map<String, List<String>> namesByUse = new LinkedHashMap<>();
        for (Shortcut shortcut : values()) {
            namesByUse
                    .computeIfAbsent(shortcut.design.use(), use -> new ArrayList<>())
                    .add(shortcut.toString());
        }
        return namesByUse.entrySet().stream()
                .map(names -> String.join(" or ", names.getValue()) + " for " + names.getKey())
                .collect(Collectors.joining(", ", "Choose ", "."));
    }

    /** The name in recipes. */
    @Override
    public String toString() {
        return design.name();
    }
}
