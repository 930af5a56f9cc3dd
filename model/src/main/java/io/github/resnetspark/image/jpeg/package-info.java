/**
 * The bytes of a JPEG, without computing a pixel: the segments of a file, and a walk through all codes of its compressed data
 * that finds the damage which libjpeg hides. Knows nothing of other formats, and none of the rest of this program.
 *
 * <p>May use {@code message.model}.
 */
package io.github.resnetspark.image.jpeg;
