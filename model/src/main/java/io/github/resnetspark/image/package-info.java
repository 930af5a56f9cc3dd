/**
 * Pictures: decoding, scaling, cropping and normalising, up to the floats that a network reads. What is done to training
 * pictures only stands in {@link io.github.resnetspark.image.augment}, and the walk through the bytes of a JPEG in
 * {@link io.github.resnetspark.image.jpeg}.
 *
 * <p>A decoded picture is an {@link io.github.resnetspark.image.RgbImage}: bytes in height × width × 3 order, red
 * first. What a network reads is float, normalised, in NCHW order: a batch of N pictures is one array {@code [N, 3, S,
 * S]}, so picture i starts at {@code i * 3 * S * S} and its red, green and blue planes follow each other. Means and
 * standard deviations are RGB on a 0..1 scale everywhere.
 *
 * <p>What needs no closing may be used from many threads at once; OpenCV starts no threads of its own.
 *
 * <p>May use {@code failure}, {@code image.jpeg}, {@code message.model}.
 */
package io.github.resnetspark.image;
