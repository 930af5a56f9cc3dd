package io.github.resnetspark.job.cli;

import static io.github.resnetspark.job.cli.TextTable.kibibytes;
import static io.github.resnetspark.job.cli.TextTable.mebibytes;
import static io.github.resnetspark.job.cli.TextTable.number;
import static io.github.resnetspark.job.cli.TextTable.numberOrNothing;
import static io.github.resnetspark.job.cli.TextTable.shape;

import io.github.resnetspark.resnet.LayerTable;
import java.util.List;

/** A network for people: its layers, its stages, and what it takes to train it. */
final class LayerTableText {
    private LayerTableText() {}

    static String of(NetworkReport network) {
        LayerTable table = network.table();
        return table.name() + ", one picture\n" + layers(table) + "\n\n" + stages(table) + "\n\n" + memory(network);
    }

    private static TextTable layers(LayerTable table) {
        TextTable text = new TextTable(
                2, "name", "kind", "kernel", "stride", "output", "field", "parameters", "multiply-adds", "activations");
        for (LayerTable.Row row : table.layers()) {
            text.add(List.of(
                    row.name(),
                    row.kind(),
                    row.kernel() == 0 ? "" : row.kernel() + "×" + row.kernel(),
                    row.stride() == 0 ? "" : Integer.toString(row.stride()),
                    shape(row.outputShape()),
                    number(row.receptiveField()),
                    numberOrNothing(row.parameters()),
                    numberOrNothing(row.multiplyAdds()),
                    kibibytes(row.activationBytes())));
        }
        text.add(List.of(
                "total",
                "",
                "",
                "",
                "",
                "",
                number(table.parameters()),
                number(table.multiplyAdds()),
                kibibytes(table.activationBytes())));
        return text;
    }

    private static TextTable stages(LayerTable table) {
        TextTable text =
                new TextTable(1, "stage", "layers", "output", "field", "parameters", "multiply-adds", "activations");
        for (LayerTable.StageRow row : table.stages()) {
            text.add(List.of(
                    row.name(),
                    Integer.toString(row.layers()),
                    shape(row.outputShape()),
                    number(row.receptiveField()),
                    number(row.parameters()),
                    number(row.multiplyAdds()),
                    kibibytes(row.activationBytes())));
        }
        return text;
    }

    private static String memory(NetworkReport network) {
        return "training on minibatches of " + network.batchSize() + " takes about "
                + mebibytes(network.trainingBytes()) + " outside the Java heap";
    }
}
