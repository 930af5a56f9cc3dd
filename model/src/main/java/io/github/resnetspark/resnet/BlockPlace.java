package io.github.resnetspark.resnet;

/**
 * Where a block stands in its network.
 *
 * @param prefix the start of its vertices' names, e.g. {@code stage3-block1}
 * @param in channels that come in
 * @param width channels of its 3×3 convolutions
 * @param stride 2 where the block halves the picture
 * @param isFirst whether it is the network's first block
 */
record BlockPlace(String prefix, int in, int width, int stride, boolean isFirst) {}
