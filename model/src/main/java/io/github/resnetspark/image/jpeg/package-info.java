/**
 * Reads the bytes of a JPEG without computing a pixel: the segments of the file, and all codes of its compressed data, to find the
 * damage that libjpeg hides. Independent of other formats.
 *
 * <p>May use {@code message.model}.
 */
package io.github.resnetspark.image.jpeg;
