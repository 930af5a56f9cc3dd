package io.github.resnetspark.job.describe;

import static io.github.resnetspark.job.describe.TextTable.kibibytes;
import static io.github.resnetspark.job.describe.TextTable.mebibytes;
import static io.github.resnetspark.job.describe.TextTable.number;
import static io.github.resnetspark.job.describe.TextTable.numberOrNothing;
import static io.github.resnetspark.job.describe.TextTable.shape;

import io.github.resnetspark.job.preflight.WorkerMemory;
import io.github.resnetspark.network.LayerTable;
import io.github.resnetspark.network.ResNetSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers of a network and their costs.
 *
 * @param table its layers
 * @param batchSize pictures of a minibatch
 * @param trainingBytes memory of one replica outside the Java heap while it trains on such minibatches
 */
public record NetworkReport(LayerTable table, int batchSize, long trainingBytes) {

    /** The report of a network that is trained on minibatches of this size. */
    public static NetworkReport of(ResNetSpec network, int batchSize) {
        LayerTable table = LayerTable.of(network);
        return new NetworkReport(
                table, batchSize, WorkerMemory.of(table, network.input()).with(batchSize));
    }

    /** For {@code --json}. */
    public Map<String, Object> json() {
        Map<String, Object> json = totals();
        json.put("stages", table.stages());
        json.put("layers", table.layers());
        return json;
    }

    /** The same without its layers. */
    Map<String, Object> totals() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", table.name());
        json.put("parameters", table.parameters());
        json.put("multiplyAdds", table.multiplyAdds());
        json.put("activationBytes", table.activationBytes());
        json.put("batchSize", batchSize);
        json.put("trainingBytes", trainingBytes);
        return json;
    }

    /** For people: its layers, its stages, and the memory to train it. */
    public String text() {
        return table.name() + ", one picture\n" + layers() + "\n\n" + stages() + "\n\n" + memory();
    }

    private TextTable layers() {
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

    private TextTable stages() {
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

    private String memory() {
        return "training on minibatches of " + batchSize + " needs about " + mebibytes(trainingBytes)
                + " outside the Java heap";
    }
}
