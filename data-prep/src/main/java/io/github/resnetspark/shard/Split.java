package io.github.resnetspark.shard;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a picture is for. */
public enum Split {
    TRAIN,
    VALIDATION;

    private static final Pattern SHARD_NAME = Pattern.compile("(train|validation)-\\d{5,}-of-\\d{5,}\\.parquet");

    /** The word that file names and the manifest use, such as {@code train}. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The file name of a shard, such as {@code train-00000-of-00012.parquet}. */
    public String shardName(int index, int count) {
        return String.format(Locale.ROOT, "%s-%05d-of-%05d.parquet", key(), index, count);
    }

    /** The split that a file name belongs to; empty if it is not a shard's name. */
    public static Optional<Split> ofShardName(String fileName) {
        Matcher name = SHARD_NAME.matcher(fileName);
        return name.matches() ? of(name.group(1)) : Optional.empty();
    }

    /** The split of that word. */
    public static Optional<Split> of(String key) {
        return Arrays.stream(values()).filter(split -> split.key().equals(key)).findFirst();
    }
}
