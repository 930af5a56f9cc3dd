package io.github.resnetspark.job.evaluate;

/**
 * The evaluation of a model that is compared with another one.
 *
 * @param report the results
 * @param guesses the answers to all pictures, to evaluate another model against this one
 * @param changed pictures that only this model or only its newer rival gets right; none without a rival
 */
public record RivalEvaluation(EvaluationReport report, Guesses guesses, ChangedPictures changed) {}
