package io.github.resnetspark.job.analyze;

/** An analysis that cannot be finished; the message says why and what to do. */
public final class AnalysisException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AnalysisException(String message) {
        super(message);
    }
}
