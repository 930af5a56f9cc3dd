package io.github.resnetspark.shard;

import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.failure.KnownFailure;
import io.github.resnetspark.message.data.ShardFailures;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * Shards that cannot be read or written at the moment, although nothing is known to be wrong with them. A later retry
 * may succeed. The message says what is wrong and what to do.
 */
public final class ShardsUnavailableException extends FailureException {
    private static final long serialVersionUID = 1L;

    public ShardsUnavailableException(String message, Throwable cause) {
        super(Kind.ENVIRONMENT, message, cause);
    }

    /** A failure to read a file. */
    public static ShardsUnavailableException reading(Path file, IOException cause) {
        String message = KnownFailure.explain(cause)
                .map(known -> ShardFailures.unreadableForKnownReason(file.toString(), known))
                .orElseGet(() -> ShardFailures.unreadable(file.toString(), reason(cause)));
        return new ShardsUnavailableException(message, cause);
    }

    /**
     * The message of the innermost exception, because outer ones often only wrap it. It has the exception's type,
     * because the message alone is often just a path.
     */
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
