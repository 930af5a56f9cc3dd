/**
 * Determines which worker reads which pictures, and in which order. All of it is pure functions of the row groups of a
 * split, the seed, the epoch and a position. Nothing here opens a file.
 *
 * <p>An epoch is one sequence of examples. The row groups are permuted by (seed, epoch), and then the examples within
 * each window of G consecutive permuted row groups are shuffled. A position in that sequence is one {@code long}. A
 * resumed run needs nothing else, because the sequence does not depend on the number of workers.
 *
 * <p>A round uses the next W·H·B examples, for W workers with H minibatches each and B examples per minibatch:
 *
 * <pre>
 * position p                                        p + W·H·B
 * |— worker 0: H·B —|— worker 1: H·B —| … |— worker W−1 —|
 * </pre>
 *
 * Each worker's part is contiguous, so it needs few row groups.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.job.plan;
