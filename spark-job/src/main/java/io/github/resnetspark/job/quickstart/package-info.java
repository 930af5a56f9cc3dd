/**
 * The pictures of the quickstart: ten motifs, drawn from a seed, in class folders for {@code prepare}. The class depends on shape or
 * texture, not on colour.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.job.quickstart;
