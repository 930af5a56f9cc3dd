package io.github.resnetspark.job.chart;

/** Pictures that cannot be drawn; the message says why and what to do. */
public final class ChartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ChartException(String message, Throwable cause) {
        super(message, cause);
    }
}
