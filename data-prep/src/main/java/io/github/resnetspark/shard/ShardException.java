package io.github.resnetspark.shard;

/** Shards or a manifest that cannot be used; the message is a sentence on what is wrong and one on what to do. */
public class ShardException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ShardException(String message) {
        super(message);
    }

    public ShardException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A shard whose file is not whole: writing it again is the remedy. */
    public static final class DamagedShardException extends ShardException {
        private static final long serialVersionUID = 1L;

        DamagedShardException(String message) {
            super(message);
        }

        DamagedShardException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
