package io.github.resnetspark.image;

/** A {@code preprocessing.json} that cannot be followed; the message says what is wrong and what to do. */
public final class PreprocessingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PreprocessingException(String message, Throwable cause) {
        super(message, cause);
    }

    PreprocessingException(String message) {
        super(message);
    }
}
