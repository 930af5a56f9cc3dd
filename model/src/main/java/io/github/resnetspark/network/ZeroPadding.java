package io.github.resnetspark.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Option A: the identity, or, if the shape changes, every second pixel with zeros for the missing channels. The zeros are slices of
 * the input times zero. These are DL4J's own vertices, so a saved network loads without this project.
 */
final class ZeroPadding implements ShortcutDesign {
    private final String name;
    private final boolean isOnBothSides;

    private ZeroPadding(String name, boolean isOnBothSides) {
        this.name = name;
        this.isOnBothSides = isOnBothSides;
    }

    /** Half of the zero channels before the others, half after them. */
    static ZeroPadding onBothSides() {
        return new ZeroPadding("A", true);
    }

    /** All zero channels after the others. */
    static ZeroPadding behind() {
        return new ZeroPadding("A-end", false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String use() {
        return "the paper's CIFAR networks";
    }

    @Override
    public Optional<String> add(ResidualBlock block, BlockDesign design, String input, String start) {
        if (block.keepsShape()) {
            return Optional.of(input);
        }
        String pixels = design.shortcutPixels(block, start);
        int missing = block.out() - block.in();
        int before = isOnBothSides ? missing / 2 : 0;
        List<String> channels = new ArrayList<>(zeros(block, "shortcut-before", pixels, before));
        channels.add(pixels);
        channels.addAll(zeros(block, "shortcut-after", pixels, missing - before));
        return Optional.of(block.graph().concatenated(block.named("shortcut-padded"), channels));
    }

    /** Adds zero channels, in pieces of at most the number of input channels. */
    private static List<String> zeros(ResidualBlock block, String piece, String from, int channels) {
        List<String> names = new ArrayList<>();
        for (int done = 0; done < channels; done += block.in()) {
            String name = block.named(piece + (names.size() + 1));
            int count = Math.min(block.in(), channels - done);
            names.add(block.graph().zeros(name, from, count));
        }
        return names;
    }
}
