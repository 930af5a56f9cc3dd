package io.github.resnetspark.job.describe;

import static io.github.resnetspark.job.describe.TextTable.mebibytes;
import static io.github.resnetspark.job.describe.TextTable.number;

import io.github.resnetspark.network.LayerTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;

/**
 * Two networks side by side, stage by stage.
 *
 * @param left the first network
 * @param right the second network
 */
public record NetworkComparison(NetworkReport left, NetworkReport right) {

    /** For {@code --json}: both with their stages, and their difference. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("left", withStages(left));
        json.put("right", withStages(right));
        Map<String, Object> difference = new LinkedHashMap<>();
        difference.put("parameters", right.table().parameters() - left.table().parameters());
        difference.put(
                "multiplyAdds", right.table().multiplyAdds() - left.table().multiplyAdds());
        difference.put(
                "activationBytes",
                right.table().activationBytes() - left.table().activationBytes());
        difference.put("trainingBytes", right.trainingBytes() - left.trainingBytes());
        json.put("difference", difference);
        return json;
    }

    private static Map<String, Object> withStages(NetworkReport network) {
        Map<String, Object> json = network.totals();
        json.put("stages", network.table().stages());
        return json;
    }

    /** For people: the first network, the second one, and their ratio. */
    public String text() {
        TextTable text =
                new TextTable(2, "", "", left.table().name(), right.table().name(), "ratio");
        figure(text, "parameters", LayerTable.StageRow::parameters);
        figure(text, "multiply-adds", LayerTable.StageRow::multiplyAdds);
        figure(text, "layers", LayerTable.StageRow::layers);
        figure(text, "field", LayerTable.StageRow::receptiveField, Math::max);
        text.add(List.of(
                "activations",
                "total",
                mebibytes(left.table().activationBytes()),
                mebibytes(right.table().activationBytes()),
                ratio(left.table().activationBytes(), right.table().activationBytes())));
        text.add(List.of(
                "training",
                "batch " + left.batchSize()
                        + (right.batchSize() == left.batchSize() ? "" : " and " + right.batchSize()),
                mebibytes(left.trainingBytes()),
                mebibytes(right.trainingBytes()),
                ratio(left.trainingBytes(), right.trainingBytes())));
        return text.toString();
    }

    private void figure(TextTable text, String name, ToLongFunction<LayerTable.StageRow> figure) {
        figure(text, name, figure, Long::sum);
    }

    private void figure(
            TextTable text, String name, ToLongFunction<LayerTable.StageRow> figure, LongBinaryOperator all) {
        for (String stage : stages()) {
            Optional<Long> first = of(left, stage, figure);
            Optional<Long> second = of(right, stage, figure);
            text.add(List.of(
                    name,
                    stage,
                    first.map(TextTable::number).orElse("–"),
                    second.map(TextTable::number).orElse("–"),
                    first.isPresent() && second.isPresent() ? ratio(first.get(), second.get()) : ""));
        }
        long first = total(left, figure, all);
        long second = total(right, figure, all);
        text.add(List.of(name, "total", number(first), number(second), ratio(first, second)));
    }

    private Set<String> stages() {
        List<String> names = new ArrayList<>();
        left.table().stages().forEach(stage -> names.add(stage.name()));
        right.table().stages().stream()
                .map(LayerTable.StageRow::name)
                .filter(name -> !names.contains(name))
                // Before the head.
                .forEach(name -> names.add(names.size() - 1, name));
        return new LinkedHashSet<>(names);
    }

    private static Optional<Long> of(NetworkReport network, String stage, ToLongFunction<LayerTable.StageRow> figure) {
        return network.table().stages().stream()
                .filter(row -> row.name().equals(stage))
                .map(figure::applyAsLong)
                .findFirst();
    }

    private static long total(
            NetworkReport network, ToLongFunction<LayerTable.StageRow> figure, LongBinaryOperator all) {
        return network.table().stages().stream().mapToLong(figure).reduce(0, all);
    }

    private static String ratio(long first, long second) {
        return first == 0 ? "" : String.format(Locale.ROOT, "%.2f", second / (double) first);
    }
}
