package io.github.resnetspark.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network is made of, vertex by vertex in the order of the forward pass, read off its DL4J configuration.
 *
 * @param name what people call the network
 * @param layers its vertices, the input left out
 */
public record LayerTable(String name, List<Row> layers) {

    /**
     * One vertex.
     *
     * @param name where it is, e.g. {@code stage3-block1-conv2}
     * @param stage the part that it is in: the stem, a numbered stage or the head
     * @param kind what it is, e.g. {@code conv}
     * @param kernel side of a convolution's or pool's window in pixels; 0 for others
     * @param stride its step in pixels; 0 for others
     * @param outputShape without the batch: {@code [channels, height, width]} or {@code [channels]}
     * @param receptiveField side of the square of the picture that one value of its output depends on, in pixels; may reach
     *     beyond the picture, into the padding
     * @param parameters trainable ones; batch-norm's running statistics are not
     * @param multiplyAdds of convolutions and fully connected layers for one picture, H·W·Cin·Cout·Kh·Kw, biases not counted
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
     * What a stage's vertices come to.
     *
     * @param name as in {@link Row#stage}
     * @param layers those with weights on the longest way through, as the papers count a depth
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

    /** The table of the network that {@code spec} names. Makes no network and allocates nothing native. */
    public static LayerTable of(ResNetSpec spec) {
        return new LayerTable(spec.displayName(), LayerRows.of(spec));
    }

    /** The table of each stage, the stem before them and the head behind them. */
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

    /** Bytes of all outputs for one picture: what training keeps until the backward pass, at float32. */
    public long activationBytes() {
        return layers.stream().mapToLong(Row::activationBytes).sum();
    }
}
