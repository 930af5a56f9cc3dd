package io.github.resnetspark.job.analyze;

import io.github.resnetspark.analysis.LossGrid;
import io.github.resnetspark.shard.Split;
import java.net.URI;

/**
 * Which loss surface is to be computed, and how it is drawn.
 *
 * @param model the model directory in its middle
 * @param shards the pictures
 * @param split of them
 * @param examples how many pictures the loss is the mean of
 * @param grid the points
 * @param seed of the directions and of the choice of pictures
 * @param highestDrawn the loss from which on the picture shows one colour; the table has all
 */
public record LandscapeSettings(
        URI model, URI shards, Split split, int examples, LossGrid grid, long seed, double highestDrawn) {}
