/**
 * What a run can be continued from. A checkpoint is a directory that is there whole or not at all: vectors of floats as
 * raw little-endian files, a JSON document that says how far the run is, the settings that it was started with, and check
 * sums. This package knows where a run stands and what it was started with, but not what its vectors mean.
 *
 * <p>May use {@code failure}, {@code file}, {@code job.recipe}, {@code message.job}, {@code storage}.
 */
package io.github.resnetspark.job.checkpoint;
