package io.github.resnetspark.job.checkpoint;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** Checkpoints that cannot be used; the message says why and what to do. */
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CheckpointException(String message) {
        super(message);
    }

    private CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }

    /** One that the file system does not give out. */
    static CheckpointException reading(Path checkpoint, IOException cause) {
        return new CheckpointException(
                "The checkpoint " + checkpoint + " cannot be read just now (" + cause.getMessage()
                        + "). Check the file system and its permissions, and run the same command again.",
                cause);
    }
}
