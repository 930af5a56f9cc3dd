package io.github.resnetspark.resnet;

/** The skip connections of He et al. 2015, section 3.3. */
final class Shortcuts {
    private final BlockSpec spec;
    private final GraphAssembly graph;

    Shortcuts(BlockSpec spec, GraphAssembly graph) {
        this.spec = spec;
        this.graph = graph;
    }

    /** Whether a block's input goes round it as it is. */
    boolean isIdentity(BlockPlace place) {
        return spec.shortcut() != Shortcut.C && place.in() == out(place) && place.stride() == 1;
    }

    /**
     * Adds one that is not the identity.
     *
     * @return the name of its last vertex, with the block's output's shape
     */
    String add(BlockPlace place, String from) {
        String prefix = place.prefix() + "-shortcut";
        int missing = out(place) - place.in();
        return switch (spec.shortcut()) {
            case A -> padded(prefix, from, place, missing / 2);
            case A_END -> padded(prefix, from, place, 0);
            case B, C -> projected(prefix, from, place);
            case NONE -> throw new IllegalStateException("a plain network has no shortcuts");
        };
    }

    private String padded(String prefix, String from, BlockPlace place, int before) {
        String pixels = from;
        if (averages(place)) {
            pixels = averaged(prefix, from);
        } else if (place.stride() > 1) {
            pixels = graph.everyNthPixel(prefix + "-pixels", from, place.stride());
        }
        return graph.zeroPadded(prefix, pixels, place.in(), before, out(place) - place.in() - before);
    }

    private String projected(String prefix, String from, BlockPlace place) {
        String read = averages(place) ? averaged(prefix, from) : from;
        int stride = averages(place) ? 1 : place.stride();
        String convolution = graph.convolution(prefix + "-conv", read, place.in(), out(place), 1, stride);
        return spec.variant() == Variant.PREACT
                ? convolution
                : graph.batchNorm(prefix + "-bn", convolution, out(place), 1);
    }

    private boolean averages(BlockPlace place) {
        return spec.variant() == Variant.D && place.stride() == 2;
    }

    private String averaged(String prefix, String from) {
        return graph.averagePool(prefix + "-pool", from, 2, 2);
    }

    private int out(BlockPlace place) {
        return place.width() * spec.block().expansion();
    }
}
