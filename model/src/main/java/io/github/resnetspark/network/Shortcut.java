package io.github.resnetspark.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The list of skip connections: what they do where the shape changes (He et al. 2015, section 3.3). */
@SuppressWarnings("ImmutableEnumChecker") // Designs have no state that changes.
public enum Shortcut {
    /** Every second pixel, and zero channels on both sides, as the public CIFAR networks of torch have it: no parameters. */
    A(ZeroPadding.onBothSides()),
    /** Every second pixel, and zero channels behind the others, as the paper is mostly read: no parameters. */
    A_END(ZeroPadding.behind()),
    /** A 1×1 convolution with batch normalisation where the shape changes, the identity elsewhere. */
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

    /** A sentence for someone who wrote another word: which there are, and what for. */
    public static String remedy() {
        Map<String, List<String>> wordsByUse = new LinkedHashMap<>();
        for (Shortcut shortcut : values()) {
            wordsByUse
                    .computeIfAbsent(shortcut.design.use(), use -> new ArrayList<>())
                    .add(shortcut.toString());
        }
        return wordsByUse.entrySet().stream()
                .map(words -> String.join(" or ", words.getValue()) + " for " + words.getKey())
                .collect(Collectors.joining(", ", "Choose ", "."));
    }

    /** The name used in recipes. */
    @Override
    public String toString() {
        return design.word();
    }
}
