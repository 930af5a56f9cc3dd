package io.github.resnetspark.source.table;

import io.github.resnetspark.source.table.TableColumns.Labels;
import io.github.resnetspark.source.table.TableRow.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes the rows of a table in order, and finds those that give no picture. A file that several rows name alike counts
 * once. Encoded pictures are never compared: two rows are two pictures, as two equal files are.
 */
final class RowIntake {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");

    private final Labels labels;
    private final boolean hasSplits;
    private final List<TableRow> rows = new ArrayList<>();
    private final Map<String, TableRow> files = new HashMap<>();
    private final Set<String> contradictory = new HashSet<>();
    private long repeated;

    /**
     * @param labels whether labels are names or numbers
     * @param hasSplits whether every row must name a split
     */
    RowIntake(Labels labels, boolean hasSplits) {
        this.labels = labels;
        this.hasSplits = hasSplits;
    }

    void take(TableRow row) {
        if (row.kind() == Kind.NAMED && row.flaw().isEmpty()) {
            TableRow first = files.putIfAbsent(row.file(), row);
            if (first != null
                    && first.label().equals(row.label())
                    && first.split().equals(row.split())) {
                repeated++;
                return;
            }
            if (first != null) {
                contradictory.add(row.file());
            }
        }
        rows.add(checked(row));
    }

    /** The number of rows that were left out because they name a file again. */
    long repeated() {
        return repeated;
    }

    /** The rows, in order. */
    List<TableRow> end() {
        boolean numbers = labels == Labels.NUMBERS
                || (labels == Labels.UNTYPED
                        && rows.stream().filter(row -> row.flaw().isEmpty()).allMatch(row -> WHOLE.matcher(row.label())
                                .matches()));
        return rows.stream()
                .map(row -> row.flaw().isPresent() ? row : compared(row, numbers))
                .toList();
    }

    /** A row without a flaw of its own, which may have one beside the others. */
    private TableRow compared(TableRow row, boolean numbers) {
        // A negative number is how Hugging Face marks a picture without a label.
        if (numbers && row.label().startsWith("-")) {
            return row.flawed(TableFlaw.NO_LABEL);
        }
        return row.kind() == Kind.NAMED && contradictory.contains(row.file())
                ? row.flawed(TableFlaw.CONTRADICTION)
                : row;
    }

    private TableRow checked(TableRow row) {
        if (row.flaw().isPresent()) {
            return row;
        }
        if (row.label().isEmpty()) {
            return row.flawed(TableFlaw.NO_LABEL);
        }
        return hasSplits && row.split().isEmpty() ? row.flawed(TableFlaw.NO_SPLIT) : row;
    }
}
