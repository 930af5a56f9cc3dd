package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.path;

import io.github.resnetspark.text.ShownText;
import java.util.List;

/** Why a shard cannot be used. */
public final class ShardFailures {
    private static final String DELETE_AND_REWRITE = " Delete it and run prepare again to write it anew.";
    private static final String REWRITE = " Run prepare again to write the missing shards.";

    private ShardFailures() {}

    public static String missing(String file) {
        return path(file) + " does not exist." + REWRITE;
    }

    public static String listedButMissing(String file) {
        return path(file) + " is missing, but the manifest lists it." + REWRITE;
    }

    public static String otherLength(String file, long bytes, long listed) {
        return path(file) + " has " + bytes + " bytes, but the manifest says " + listed + "." + DELETE_AND_REWRITE;
    }

    public static String truncated(String file, long bytes) {
        return path(file) + " is truncated: its " + bytes + " bytes do not end with a Parquet footer."
                + DELETE_AND_REWRITE;
    }

    public static String notParquet(String file, long bytes) {
        return path(file) + " is not a Parquet file (" + bytes + " bytes)." + DELETE_AND_REWRITE;
    }

    public static String damagedFooter(String file) {
        return path(file) + " has a damaged Parquet footer." + DELETE_AND_REWRITE;
    }

    /** {@code reason} is a fragment, or what Parquet says. */
    public static String damagedRowGroup(String file, int rowGroup, String reason) {
        return path(file) + ": row group " + rowGroup + " is damaged (" + ShownText.clause(reason) + ")."
                + DELETE_AND_REWRITE;
    }

    /** {@code problems} come from {@link ShardReasons#missingColumn} and {@link ShardReasons#columnType}. */
    public static String notShard(String file, List<String> problems) {
        return path(file) + " is a Parquet file but not a shard: " + ShownText.first(problems)
                + ". Set data.shards to a directory that prepare has written.";
    }

    /** Also for a manifest. */
    public static String unreadable(String file, String reason) {
        return path(file) + " cannot be read at the moment (" + ShownText.clause(reason)
                + "). Check the file system and its permissions, and run the same command again.";
    }

    /** {@code known} are sentences that say why, and what to do. */
    public static String unreadableForKnownReason(String file, String known) {
        return path(file) + " cannot be read. " + known;
    }
}
