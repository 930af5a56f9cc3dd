package io.github.resnetspark.job.evaluate;

/** A model that cannot be evaluated; the message says why and what to do. */
public final class EvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EvaluationException(String message) {
        super(message);
    }
}
