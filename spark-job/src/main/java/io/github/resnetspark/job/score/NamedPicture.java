package io.github.resnetspark.job.score;

import io.github.resnetspark.predict.EncodedPicture;

/**
 * A picture, and what the table calls it.
 *
 * @param path relative to the folder, or as the shards have it
 * @param encoded how to read it
 */
record NamedPicture(String path, EncodedPicture encoded) {}
