package io.github.resnetspark.resnet;

/**
 * The residual blocks of He et al. 2015, figure 5: {@code relu(F(x) + shortcut(x))}; {@code relu(F(x))} in a plain network.
 */
final class ResidualBlocks {
    private final BlockSpec spec;
    private final GraphAssembly graph;

    ResidualBlocks(BlockSpec spec, GraphAssembly graph) {
        this.spec = spec;
        this.graph = graph;
    }

    /**
     * Adds one block.
     *
     * @param prefix the start of its vertices' names, e.g. {@code stage3-block1}
     * @param in channels that come in
     * @param width channels of its 3×3 convolutions
     * @param stride 2 where the block halves the picture
     * @return the name of its last vertex, with {@code width · expansion} channels
     */
    String add(String prefix, String from, int in, int width, int stride) {
        int out = width * spec.block().expansion();
        String residual =
                switch (spec.block()) {
                    case BASIC -> basic(prefix, from, in, width, stride);
                    case BOTTLENECK -> bottleneck(prefix, from, in, width, stride);
                };
        if (spec.shortcut() == Shortcut.NONE) {
            return graph.relu(prefix + "-relu", residual);
        }
        String shortcut = shortcut(prefix + "-shortcut", from, in, out, stride);
        return graph.relu(prefix + "-relu", graph.add(prefix + "-add", residual, shortcut));
    }

    private String basic(String prefix, String from, int in, int width, int stride) {
        String first = convolutionAndRelu(prefix, 1, from, in, width, 3, stride);
        return lastConvolution(prefix, 2, first, width, width, 3);
    }

    private String bottleneck(String prefix, String from, int in, int width, int stride) {
        boolean strideFirst = spec.variant() == Variant.V1;
        String first = convolutionAndRelu(prefix, 1, from, in, width, 1, strideFirst ? stride : 1);
        String second = convolutionAndRelu(prefix, 2, first, width, width, 3, strideFirst ? 1 : stride);
        return lastConvolution(prefix, 3, second, width, width * spec.block().expansion(), 1);
    }

    private String convolutionAndRelu(String prefix, int index, String from, int in, int out, int kernel, int stride) {
        String convolution = graph.convolution(prefix + "-conv" + index, from, in, out, kernel, stride);
        return graph.relu(prefix + "-relu" + index, graph.batchNorm(prefix + "-bn" + index, convolution, out, 1));
    }

    private String lastConvolution(String prefix, int index, String from, int in, int out, int kernel) {
        String convolution = graph.convolution(prefix + "-conv" + index, from, in, out, kernel, 1);
        return graph.batchNorm(prefix + "-bn" + index, convolution, out, spec.zeroGamma() ? 0 : 1);
    }

    private String shortcut(String prefix, String from, int in, int out, int stride) {
        if (in == out && stride == 1) {
            return from;
        }
        return switch (spec.shortcut()) {
            case A -> graph.zeroPadded(prefix, from, in, out, stride);
            case B ->
                graph.batchNorm(prefix + "-bn", graph.convolution(prefix + "-conv", from, in, out, 1, stride), out, 1);
            case NONE -> throw new IllegalStateException("a plain network has no shortcuts");
        };
    }
}
