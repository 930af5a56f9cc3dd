package io.github.resnetspark.job.run;

import io.github.resnetspark.job.preflight.PreflightReport;
import io.github.resnetspark.shard.Manifest;

/**
 * What a run starts with when nothing stands in its way.
 *
 * @param manifest of the shards
 * @param preflight what the cluster has
 */
record CheckedStart(Manifest manifest, PreflightReport preflight) {}
