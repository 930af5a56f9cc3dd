/**
 * Decodes, scales, crops and normalises pictures, up to the floats that a network reads. Augmentation of training pictures is in
 * {@link io.github.resnetspark.image.augment}. Checks of a JPEG's bytes are in {@link io.github.resnetspark.image.jpeg}.
 *
 * <p>A decoded picture is an {@link io.github.resnetspark.image.RgbImage}: bytes in height × width × 3 order, red
 * first. A network's input is normalised floats in NCHW order: a batch of N pictures is one array {@code [N, 3, S,
 * S]}, so picture i starts at {@code i * 3 * S * S} and its red, green and blue planes follow each other. Means and
 * standard deviations are RGB on a 0..1 scale everywhere.
 *
 * <p>Classes that are not closeable are thread-safe. OpenCV starts no threads of its own.
 *
 * <p>May use {@code failure}, {@code image.jpeg}, {@code message.model}.
 */
package io.github.resnetspark.image;
