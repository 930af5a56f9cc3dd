package io.github.resnetspark.job.checkpoint;

/** Checkpoints that cannot be used; the message says why and what to do. */
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CheckpointException(String message) {
        super(message);
    }
}
