package io.github.resnetspark.job.run;

/**
 * How well the training pictures are classified after an epoch, as {@code metrics.jsonl} has it. They are not varied, and
 * batch normalisation uses its running statistics: the same measure as that of a validation.
 *
 * @param epoch after which it was done, from 1
 * @param examples training pictures that were classified
 * @param errors of them
 * @param top1 share whose most probable class is right
 * @param loss mean cross-entropy in nats
 * @param seconds that it took
 */
public record TrainingErrorMetrics(int epoch, long examples, long errors, double top1, double loss, double seconds) {}
