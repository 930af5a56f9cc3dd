package io.github.resnetspark.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The vertices of a network in the order of the forward pass, computed from its DL4J configuration.
 *
 * @param name display name of the network
 * @param layers its vertices without the input
 */
public record LayerTable(String name, List<Row> layers) {

    /**
     * One vertex.
     *
     * @param name of the vertex, such as {@code stage3-block1-conv2}
     * @param stage the stem, a numbered stage or the head
     * @param kind such as {@code conv}
     * @param kernel side of the window of a convolution or pool in pixels; 0 for others
     * @param stride of the window in pixels; 0 for others
     * @param outputShape without the batch: {@code [channels, height, width]} or {@code [channels]}
     * @param receptiveField side of the square of the picture on which one output value depends, in pixels; may include padding
     *     beyond the picture
     * @param parameters number of trainable parameters; excludes batch-norm's running statistics
     * @param multiplyAdds of convolutions and fully connected layers for one picture, H·W·Cin·Cout·Kh·Kw, without biases
     * @param activationBytes float32 bytes of its output for one picture
     */
    public record Row(
            String name,
            String stage,
            String kind,
            int kernel,
            int stride,
            List<Long> outputShape,
            long receptiveField,
            long parameters,
            long multiplyAdds,
            long activationBytes) {}

    /**
     * The totals of a stage.
     *
     * @param name as in {@link Row#stage}
     * @param layers number of layers with weights on the longest path, as the papers count depth
     * @param outputShape of its last vertex
     * @param receptiveField of its last vertex
     */
    public record StageRow(
            String name,
            int layers,
            List<Long> outputShape,
            long receptiveField,
            long parameters,
            long multiplyAdds,
            long activationBytes) {}

    /** The table of a network. Does not create the network or allocate native memory. */
    public static LayerTable of(ResNetSpec spec) {
        return new LayerTable(spec.displayName(), LayerRows.of(spec));
    }

    /** The totals of the stem, each stage and the head, in this order. */
    public List<StageRow> stages() {
        Map<String, List<Row>> byStage = new LinkedHashMap<>();
        layers.forEach(row ->
                byStage.computeIfAbsent(row.stage(), stage -> new ArrayList<>()).add(row));
        return byStage.entrySet().stream()
                .map(stage -> stageRow(stage.getKey(), stage.getValue()))
                .toList();
    }

    private static StageRow stageRow(String name, List<Row> rows) {
        Row last = rows.get(rows.size() - 1);
        long layers = rows.stream()
                .filter(row -> row.multiplyAdds() > 0 && !row.name().contains("-shortcut-"))
                .count();
        LayerTable stage = new LayerTable(name, rows);
        return new StageRow(
                name,
                Math.toIntExact(layers),
                last.outputShape(),
                last.receptiveField(),
                stage.parameters(),
                stage.multiplyAdds(),
                stage.activationBytes());
    }

    /** Trainable parameters of the whole network, as the papers count them. */
    public long parameters() {
        return layers.stream().mapToLong(Row::parameters).sum();
    }

    /** Multiply-adds of one picture's forward pass. */
    public long multiplyAdds() {
        return layers.stream().mapToLong(Row::multiplyAdds).sum();
    }

    /** Float32 bytes of all outputs for one picture, which training keeps until the backward pass. */
    public long activationBytes() {
        return layers.stream().mapToLong(Row::activationBytes).sum();
    }
}
