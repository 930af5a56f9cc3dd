package io.github.resnetspark.shard;

/**
 * Shards that cannot be read or written just now, while nothing is known to be wrong with them: trying again later may do.
 * The message is a sentence on what is wrong and one on what to do.
 */
public final class ShardsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ShardsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
