package io.github.resnetspark.source.table;

import io.github.resnetspark.message.data.TableFailures;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.source.SourceException;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The splits of a table.
 *
 * @param named whether there is a column with their names
 * @param trains whether there are train rows
 * @param testValidates whether the test rows are the validation split, because there is no other
 */
record TableSplits(boolean named, boolean trains, boolean testValidates) {
    private static final String TRAIN = "train";
    private static final String VALIDATION = "validation";
    private static final String TEST = "test";

    /** One name for each split; other names and an empty one as they are. */
    static String composed(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        return switch (plain) {
            case "training" -> TRAIN;
            case "val", "valid", "dev" -> VALIDATION;
            default -> plain;
        };
    }

    /**
     * The splits of some rows.
     *
     * @param column with the {@linkplain #composed composed} names; empty if all rows are in the train split
     * @param table its name for messages
     * @throws SourceException with all names that are no split
     */
    static TableSplits of(List<TableRow> rows, String column, String table) {
        if (column.isEmpty()) {
            return new TableSplits(false, true, false);
        }
        TreeSet<String> names = rows.stream().map(TableRow::split).collect(Collectors.toCollection(TreeSet::new));
        List<String> unknown = names.stream()
                .filter(name -> !List.of("", TRAIN, VALIDATION, TEST).contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw new SourceException(TableFailures.unknownSplits(table, column, unknown));
        }
        return new TableSplits(true, names.contains(TRAIN), names.contains(TEST) && !names.contains(VALIDATION));
    }

    /** Whether a row is in one of the two splits that are read. */
    boolean areRead(TableRow row) {
        return testValidates || !row.split().equals(TEST);
    }

    /** The split of a row that is read. A row without a split stands in the train split, to be rejected there. */
    Split of(TableRow row) {
        return row.split().equals(VALIDATION) || row.split().equals(TEST) ? Split.VALIDATION : Split.TRAIN;
    }
}
