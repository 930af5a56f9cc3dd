package io.github.resnetspark.resnet;

/**
 * The residual blocks of He et al. 2015, figure 5: {@code relu(F(x) + shortcut(x))}; {@code relu(F(x))} in a plain network.
 */
final class PostActivationBlocks implements ResidualBlocks {
    private final BlockSpec spec;
    private final GraphAssembly graph;
    private final Shortcuts shortcuts;

    PostActivationBlocks(BlockSpec spec, GraphAssembly graph) {
        this.spec = spec;
        this.graph = graph;
        this.shortcuts = new Shortcuts(spec, graph);
    }

    @Override
    public String add(BlockPlace place, String from) {
        String prefix = place.prefix();
        String residual =
                switch (spec.block()) {
                    case BASIC -> basic(place, from);
                    case BOTTLENECK -> bottleneck(place, from);
                };
        if (spec.shortcut() == Shortcut.NONE) {
            return graph.relu(prefix + "-relu", residual);
        }
        String shortcut = shortcuts.isIdentity(place) ? from : shortcuts.add(place, from);
        return graph.relu(prefix + "-relu", graph.add(prefix + "-add", residual, shortcut));
    }

    @Override
    public String finish(String from, int channels) {
        return from;
    }

    private String basic(BlockPlace place, String from) {
        int width = place.width();
        String first = convolutionAndRelu(place.prefix(), 1, from, place.in(), width, 3, place.stride());
        return lastConvolution(place.prefix(), 2, first, width, width, 3);
    }

    private String bottleneck(BlockPlace place, String from) {
        int width = place.width();
        int firstStride = spec.stridesFirst() ? place.stride() : 1;
        int secondStride = spec.stridesFirst() ? 1 : place.stride();
        String first = convolutionAndRelu(place.prefix(), 1, from, place.in(), width, 1, firstStride);
        String second = convolutionAndRelu(place.prefix(), 2, first, width, width, 3, secondStride);
        return lastConvolution(
                place.prefix(), 3, second, width, width * spec.block().expansion(), 1);
    }

    private String convolutionAndRelu(String prefix, int index, String from, int in, int out, int kernel, int stride) {
        String convolution = graph.convolution(prefix + "-conv" + index, from, in, out, kernel, stride);
        return graph.relu(prefix + "-relu" + index, graph.batchNorm(prefix + "-bn" + index, convolution, out, 1));
    }

    private String lastConvolution(String prefix, int index, String from, int in, int out, int kernel) {
        String convolution = graph.convolution(prefix + "-conv" + index, from, in, out, kernel, 1);
        return graph.batchNorm(prefix + "-bn" + index, convolution, out, spec.zeroGamma() ? 0 : 1);
    }
}
