package io.github.resnetspark.shard;

import io.github.resnetspark.failure.FailureException;

/** Shards or a manifest that cannot be used. The message says what is wrong and what to do. */
public class ShardException extends FailureException {
    private static final long serialVersionUID = 1L;

    public ShardException(String message) {
        this(message, null);
    }

    public ShardException(String message, Throwable cause) {
        this(Kind.USAGE, message, cause);
    }

    private ShardException(Kind kind, String message, Throwable cause) {
        super(kind, message, cause);
    }

    @Override
    public final boolean isOneLineEach() {
        return true;
    }

    /** A shard whose file is truncated or corrupt. Writing it again is the remedy. */
    public static final class DamagedShardException extends ShardException {
        private static final long serialVersionUID = 1L;

        DamagedShardException(String message) {
            this(message, null);
        }

        DamagedShardException(String message, Throwable cause) {
            super(Kind.DATA, message, cause);
        }
    }
}
