package io.github.resnetspark.resnet;

/**
 * One stage of a network: blocks that work on pictures of one size.
 *
 * @param index the stage's number, from 1
 * @param width channels of its 3×3 convolutions
 * @param blocks how many blocks it has
 * @param stride the stride of its first block: 1 or 2
 */
record Stage(int index, int width, int blocks, int stride) {}
