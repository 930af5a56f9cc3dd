package io.github.resnetspark.shard;

import io.github.resnetspark.failure.FailureException;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * Shards that cannot be read or written just now, while nothing is known to be wrong with them: trying again later may do.
 * The message is a sentence on what is wrong and one on what to do.
 */
public final class ShardsUnavailableException extends FailureException {
    private static final long serialVersionUID = 1L;

    public ShardsUnavailableException(String message, Throwable cause) {
        super(Kind.ENVIRONMENT, message, cause);
    }

    /** A file that the file system does not give out. */
    public static ShardsUnavailableException reading(Path file, IOException cause) {
        return new ShardsUnavailableException(
                file + " cannot be read just now (" + reason(cause)
                        + "). Check the file system and its permissions, and run the same command again.",
                cause);
    }

    /** What the innermost exception says, for those around it often only wrap it; with its type, for often that is a path. */
    private static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String type = cause.getClass().getSimpleName();
        if (cause.getMessage() == null || cause.getMessage().isBlank()) {
            return type;
        }
        String message = cause.getMessage().strip().lines().findFirst().orElseThrow();
        return cause.getClass() == IOException.class ? message : type + ": " + message;
    }
}
