package io.github.resnetspark.job.cli;

import io.github.resnetspark.resnet.LayerTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table of layers for people: names to the left, figures to the right. */
final class LayerTableText {
    private static final List<String> HEADER =
            List.of("name", "kind", "kernel", "stride", "output", "parameters", "multiply-adds", "activations");

    private LayerTableText() {}

    static String of(LayerTable table) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADER);
        table.layers().forEach(row -> lines.add(line(row)));
        lines.add(List.of(
                "total",
                "",
                "",
                "",
                "",
                number(table.parameters()),
                number(table.multiplyAdds()),
                kibibytes(table.activationBytes())));
        int[] widths = new int[HEADER.size()];
        for (List<String> line : lines) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], line.get(column).length());
            }
        }
        return table.name() + ", one picture\n"
                + lines.stream().map(line -> aligned(line, widths)).collect(Collectors.joining("\n"));
    }

    private static List<String> line(LayerTable.Row row) {
        return List.of(
                row.name(),
                row.kind(),
                row.kernel() == 0 ? "" : row.kernel() + "×" + row.kernel(),
                row.stride() == 0 ? "" : Integer.toString(row.stride()),
                row.outputShape().stream().map(String::valueOf).collect(Collectors.joining("×")),
                row.parameters() == 0 ? "" : number(row.parameters()),
                row.multiplyAdds() == 0 ? "" : number(row.multiplyAdds()),
                kibibytes(row.activationBytes()));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String kibibytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f KiB", bytes / 1024.0);
    }

    private static String aligned(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String padding = " ".repeat(widths[column] - line.get(column).length());
            boolean left = column < 2;
            text.append(column == 0 ? "" : "  ").append(left ? line.get(column) + padding : padding + line.get(column));
        }
        return text.toString();
    }
}
