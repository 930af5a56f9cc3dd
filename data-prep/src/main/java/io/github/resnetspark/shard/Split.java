package io.github.resnetspark.shard;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The purpose of a picture. */
public enum Split {
    TRAIN,
    VALIDATION;

    private static final Pattern SHARD_NAME = Pattern.compile("(train|validation)-\\d{5,}-of-\\d{5,}\\.parquet");

    /** Its name in file names and in the manifest, such as {@code train}. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The file name of a shard, such as {@code train-00000-of-00012.parquet}. */
    public String shardName(int index, int count) {
        return String.format(Locale.ROOT, "%s-%05d-of-%05d.parquet", key(), index, count);
    }

    /** The split of a shard, by its file name; empty if it is not the name of a shard. */
    public static Optional<Split> ofShardName(String fileName) {
        Matcher name = SHARD_NAME.matcher(fileName);
        return name.matches() ? of(name.group(1)) : Optional.empty();
    }

    /** The split with that name. */
    public static Optional<Split> of(String key) {
        return Arrays.stream(values()).filter(split -> split.key().equals(key)).findFirst();
    }
}
