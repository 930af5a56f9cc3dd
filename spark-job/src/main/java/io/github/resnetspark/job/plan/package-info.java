/**
 * Who reads what, and when: pure functions of the row groups of a split, the seed, the epoch and a position. Nothing here
 * opens a file.
 *
 * <p>An epoch is one sequence of examples. Row groups are permuted by (seed, epoch); the examples of each window of G
 * consecutive permuted row groups are shuffled among themselves. A position in that sequence is one long, and it is all
 * that a resumed run has to know: the sequence does not depend on the number of workers.
 *
 * <p>A round takes the next W·H·B examples (W workers, H minibatches each, B examples per minibatch):
 *
 * <pre>
 * position p                                        p + W·H·B
 * |— worker 0: H·B —|— worker 1: H·B —| … |— worker W−1 —|
 * </pre>
 *
 * Each worker's piece is contiguous, so that it touches few row groups.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.job.plan;
