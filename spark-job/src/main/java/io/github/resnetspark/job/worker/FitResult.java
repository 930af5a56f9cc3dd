package io.github.resnetspark.job.worker;

/** The state of a replica after its part of a round, and how it went. */
public record FitResult(NetworkState state, WorkerReport report) {}
