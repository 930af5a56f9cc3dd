package io.github.resnetspark.shard;

/** A shard whose file is not whole: writing it again is the remedy. */
public final class DamagedShardException extends ShardException {
    private static final long serialVersionUID = 1L;

    DamagedShardException(String message) {
        super(message);
    }

    DamagedShardException(String message, Throwable cause) {
        super(message, cause);
    }
}
