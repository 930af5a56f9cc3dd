package io.github.resnetspark.job.describe;

import io.github.resnetspark.text.ShownText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A text table: the first columns are left-aligned words, the others right-aligned numbers. */
final class TextTable {
    private final int leftColumns;
    private final List<List<String>> lines = new ArrayList<>();

    /** @param leftColumns number of left-aligned columns */
    TextTable(int leftColumns, String... header) {
        this.leftColumns = leftColumns;
        lines.add(List.of(header));
    }

    void add(List<String> line) {
        lines.add(line.stream().map(ShownText::line).toList());
    }

    @Override
    public String toString() {
        int[] widths = new int[lines.get(0).size()];
        for (List<String> line : lines) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], line.get(column).length());
            }
        }
        return lines.stream().map(line -> aligned(line, widths)).collect(Collectors.joining("\n"));
    }

    private String aligned(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String padding = " ".repeat(widths[column] - line.get(column).length());
            text.append(column == 0 ? "" : "  ")
                    .append(column < leftColumns ? line.get(column) + padding : padding + line.get(column));
        }
        return text.toString();
    }

    /** A number with commas between thousands. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Empty for 0. */
    static String numberOrNothing(long value) {
        return value == 0 ? "" : number(value);
    }

    static String kibibytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f KiB", bytes / 1024.0);
    }

    static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MiB", bytes / (1024.0 * 1024));
    }

    /** {@code 64×32×32}. */
    static String shape(List<Long> sizes) {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining("×"));
    }
}
