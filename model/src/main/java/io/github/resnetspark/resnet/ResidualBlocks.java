package io.github.resnetspark.resnet;

/** A kind of residual block, added to a graph one after another. */
interface ResidualBlocks {

    /** The blocks that a variant has. */
    static ResidualBlocks of(BlockSpec spec, GraphAssembly graph) {
        return spec.variant() == Variant.PREACT
                ? new PreActivationBlocks(spec, graph)
                : new PostActivationBlocks(spec, graph);
    }

    /**
     * Adds one block.
     *
     * @return the name of its last vertex, with {@code width · expansion} channels
     */
    String add(BlockPlace place, String from);

    /**
     * Adds what follows the last block.
     *
     * @return the name of the last vertex
     */
    String finish(String from, int channels);
}
