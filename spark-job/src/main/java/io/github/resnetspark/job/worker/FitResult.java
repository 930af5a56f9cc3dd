package io.github.resnetspark.job.worker;

import io.github.resnetspark.job.averaging.RawFloats;
import java.util.List;

/**
 * What a replica has after its part of a round.
 *
 * @param slices of its state, with second moments in the place of batch-norm's running variances; they may lie in the
 *     replica's memory, and are good for as long as the task has the replica
 * @param report how it went
 */
public record FitResult(List<RawFloats> slices, WorkerReport report) {}
