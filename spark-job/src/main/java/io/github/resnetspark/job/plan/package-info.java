/**
 * Determines which replica reads which pictures, and in which order. All of it is pure functions of the row groups of a
 * split, the seed, the epoch and a position. Nothing here opens a file.
 *
 * <p>An epoch is one sequence of examples. The row groups are permuted by (seed, epoch), and then the examples within
 * each window of G consecutive permuted row groups are shuffled. A position in that sequence is one {@code long}. A
 * resumed run needs nothing else, because the sequence does not depend on the number of workers.
 *
 * <p>A round uses the next W·R·H·B examples, for W workers with R replicas each, H minibatches per replica and B
 * examples per minibatch:
 *
 * <pre>
 * position p                                          p + W·R·H·B
 * |— replica 0: H·B —|— replica 1: H·B —| … |— replica W·R−1 —|
 * </pre>
 *
 * Replicas w·R to w·R + R−1 are those of worker w. Each replica's part is contiguous, so it needs few row groups. The
 * parts depend only on W·R, not on how replicas are distributed over workers. A {@link RoundSplit} may give the replicas
 * of fast workers more than H minibatches and those of slow ones fewer, as long as they have H on average.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.job.plan;
