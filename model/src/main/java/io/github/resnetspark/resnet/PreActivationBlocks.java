package io.github.resnetspark.resnet;

/**
 * The residual blocks of He et al. 2016, «Identity Mappings in Deep Residual Networks», figure 4e: {@code F(x) + shortcut(x)},
 * where every convolution of F reads what batch normalisation and ReLU have made of its input; {@code F(x)} in a plain
 * network.
 *
 * <p>The network's first block reads the stem's activation, and the last one is followed by an activation of its own (there,
 * appendix). Where the shape changes the shortcut starts at the block's first activation, not before it, and its projection
 * has no batch normalisation: so the authors' own code.
 */
final class PreActivationBlocks implements ResidualBlocks {
    private final BlockSpec spec;
    private final GraphAssembly graph;
    private final Shortcuts shortcuts;

    PreActivationBlocks(BlockSpec spec, GraphAssembly graph) {
        this.spec = spec;
        this.graph = graph;
        this.shortcuts = new Shortcuts(spec, graph);
    }

    @Override
    public String add(BlockPlace place, String from) {
        String prefix = place.prefix();
        String activated = place.isFirst() ? from : activated(prefix, 1, from, place.in());
        String residual =
                switch (spec.block()) {
                    case BASIC -> basic(place, activated);
                    case BOTTLENECK -> bottleneck(place, activated);
                };
        if (spec.shortcut() == Shortcut.NONE) {
            return residual;
        }
        String shortcut = shortcuts.isIdentity(place) ? from : shortcuts.add(place, activated);
        return graph.add(prefix + "-add", residual, shortcut);
    }

    @Override
    public String finish(String from, int channels) {
        return graph.relu("final-relu", graph.batchNorm("final-bn", from, channels, 1));
    }

    private String basic(BlockPlace place, String from) {
        String prefix = place.prefix();
        int width = place.width();
        String first = graph.convolution(prefix + "-conv1", from, place.in(), width, 3, place.stride());
        return graph.convolution(prefix + "-conv2", activated(prefix, 2, first, width), width, width, 3, 1);
    }

    private String bottleneck(BlockPlace place, String from) {
        String prefix = place.prefix();
        int width = place.width();
        int out = width * spec.block().expansion();
        String first = graph.convolution(prefix + "-conv1", from, place.in(), width, 1, place.stride());
        String second = graph.convolution(prefix + "-conv2", activated(prefix, 2, first, width), width, width, 3, 1);
        return graph.convolution(prefix + "-conv3", activated(prefix, 3, second, width), width, out, 1, 1);
    }

    private String activated(String prefix, int index, String from, int channels) {
        return graph.relu(prefix + "-relu" + index, graph.batchNorm(prefix + "-bn" + index, from, channels, 1));
    }
}
