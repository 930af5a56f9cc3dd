/**
 * Checkpoints, from which a run can be resumed. A checkpoint is a directory that is published atomically. It contains
 * vectors of floats as raw little-endian files, a JSON document with the position of the run, the settings of the run,
 * and checksums. This package knows the position and the settings of a run, but not the meaning of its vectors.
 *
 * <p>May use {@code failure}, {@code file}, {@code job.recipe}, {@code message.job}, {@code storage}.
 */
package io.github.resnetspark.job.checkpoint;
