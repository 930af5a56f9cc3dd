package io.github.resnetspark.job.run;

import io.github.resnetspark.job.preflight.PreflightReport;

/**
 * What a run would be.
 *
 * @param network its name
 * @param epochs of the run
 * @param preflight what the cluster has for it
 * @param pace how fast it would be
 */
public record DryRun(String network, int epochs, PreflightReport preflight, RunDuration pace) {}
