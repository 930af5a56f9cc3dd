package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the throughput of our kernels, compared with DL4J, the raw primitives and ONNX Runtime. */
@Command(
        name = "kernels",
        mixinStandardHelpOptions = true,
        description =
                "Throughput of training and prediction, compared with Deeplearning4j as shipped and with helpers, with the"
                        + " limit of the raw primitives, and with ONNX Runtime. All are measured in turns.")
final class KernelsCommand extends BenchmarkCommand {
    @Option(
            names = "--quick",
            description = "Run one short turn of the most important rows instead of three longer turns.")
    private boolean quick;

    @Option(names = "--turns", description = "Number of turns. Default: 3, with --quick 1.")
    private Integer turns;

    @Option(
            names = "--part",
            split = ",",
            description = "Measure only this part: ${COMPLETION-CANDIDATES}. Default: all.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    private enum Part {
        TRAINING,
        PREDICTION
    }

    /** One row. OMP_NUM_THREADS sets the threads of each replica. The replicas share the minibatch. */
    private record Row(Work work, int replicas, int threads) {}

    /** The results of one row in all turns. */
    private record Measured(List<Throughput.Result> results, List<String> failures) {
        Measured() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        Figures speeds() {
            return figures(Throughput.Result::imagesPerSecond);
        }

        Figures firstSteps() {
            return figures(Throughput.Result::firstStepSeconds);
        }

        long megabytes() {
            return results.stream()
                    .mapToLong(Throughput.Result::peakMegabytes)
                    .max()
                    .orElseThrow();
        }

        private Figures figures(ToDoubleFunction<Throughput.Result> figure) {
            return new Figures(results.stream().mapToDouble(figure).boxed().toList());
        }
    }

    @Override
    void measure() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        Map<Network, Map<Row, Measured>> measured = new LinkedHashMap<>();
        int count = turns != null ? turns : quick ? 1 : 3;
        for (int turn = 0; turn < count; turn++) {
            for (Network network : Network.values()) {
                Map<Row, Measured> rows = measured.computeIfAbsent(network, key -> new LinkedHashMap<>());
                for (Row row : rows(network, cores)) {
                    measure(network, row, rows.computeIfAbsent(row, key -> new Measured()));
                }
            }
        }
        print(measured, cores);
    }

    private List<Row> rows(Network network, int cores) {
        List<Row> rows = new ArrayList<>();
        for (Work work : Work.values()) {
            boolean predicts = work.name().startsWith("PREDICT");
            if (!parts.contains(predicts ? Part.PREDICTION : Part.TRAINING)) {
                continue;
            }
            boolean stock = work == Work.TRAIN_STOCK;
            if (stock && quick && network == Network.RESNET_50) {
                // One step takes minutes.
                continue;
            }
            if (!quick && !predicts && !stock) {
                rows.add(new Row(work, 1, 1));
            }
            rows.add(new Row(work, 1, cores));
            boolean replicas = network == Network.RESNET_20 && (work == Work.TRAIN || work == Work.TRAIN_PRIMITIVES);
            if (!predicts && !stock && (!quick || replicas)) {
                rows.add(new Row(work, cores, 1));
            }
        }
        return rows;
    }

    /** A row that fails has a reason instead of figures. The others are measured anyway. */
    private void measure(Network network, Row row, Measured measured) throws InterruptedException {
        String name = String.format(
                Locale.ROOT, "%s, %s, %d × %d", network.title(), row.work.title(), row.replicas, row.threads);
        try {
            Throughput.Result result = Throughput.Result.of(new JavaProcess(row.threads, "2g")
                    .run(
                            Throughput.class,
                            List.of(
                                    row.work.name(),
                                    network.name(),
                                    Integer.toString(row.replicas),
                                    Integer.toString(network.batch() / row.replicas),
                                    quick ? "6" : "15")));
            measured.results.add(result);
            System.err.printf(
                    Locale.ROOT,
                    "%s: %.1f images/s, first step %.1f s%n",
                    name,
                    result.imagesPerSecond(),
                    result.firstStepSeconds());
        } catch (IOException e) {
            measured.failures.add(e.getMessage());
            System.err.println(name + ": " + e.getMessage());
        }
    }

    private void print(Map<Network, Map<Row, Measured>> measured, int cores) {
        Machine machine = Machine.here();
        report().put("cores", cores).putPOJO("machine", machine);
        ArrayNode objects = report().putArray("rows");
        measured.forEach((network, rows) -> {
            table(
                    "%n%s, %d pictures per step%n%d cores of %s; oneDNN %s; huge pages: %s%n%-30s %8s %8s %8s %8s %8s %8s %8s%n",
                    network.title(),
                    network.batch(),
                    cores,
                    machine.cpu(),
                    machine.oneDnn(),
                    machine.hugePages(),
                    "images/s",
                    "replicas",
                    "threads",
                    "median",
                    "best",
                    "of limit",
                    "first s",
                    "peak MB");
            rows.forEach((row, result) -> {
                ObjectNode object = objects.addObject()
                        .put("network", network.title())
                        .put("work", row.work.title())
                        .put("batch", network.batch())
                        .put("replicas", row.replicas)
                        .put("threads", row.threads);
                table("%-30s %8d %8d", row.work.title(), row.replicas, row.threads);
                if (!result.results.isEmpty()) {
                    print(result, limit(row).map(rows::get), object);
                }
                table("%n");
                result.failures.forEach(failure -> table("  failed: %s%n", failure));
                if (!result.failures.isEmpty()) {
                    result.failures.forEach(object.putArray("failures")::add);
                }
            });
        });
    }

    private void print(Measured row, Optional<Measured> limit, ObjectNode object) {
        Figures speeds = row.speeds();
        double firstStep = row.firstSteps().median();
        Optional<Double> ofLimit = limit.filter(other -> !other.results.isEmpty())
                .map(other -> speeds.median() / other.speeds().median());
        object.put("median", speeds.median())
                .put("best", speeds.best())
                .put("firstStepSeconds", firstStep)
                .put("peakMegabytes", row.megabytes());
        ofLimit.ifPresent(value -> object.put("ofLimit", value));
        table(
                " %8.1f %8.1f %8s %8.1f %8d",
                speeds.median(),
                speeds.best(),
                ofLimit.map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("–"),
                firstStep,
                row.megabytes());
    }

    /** The baseline of a row: the raw primitives on the same number of threads, or ONNX Runtime for prediction. */
    private static Optional<Row> limit(Row row) {
        return switch (row.work) {
            case TRAIN_STOCK, TRAIN_HELPERS, TRAIN, TRAIN_BF16 ->
                Optional.of(new Row(Work.TRAIN_PRIMITIVES, row.replicas, row.threads));
            case PREDICT_HELPERS, PREDICT, PREDICT_BF16 ->
                Optional.of(new Row(Work.PREDICT_ONNX, row.replicas, row.threads));
            case TRAIN_PRIMITIVES, PREDICT_ONNX -> Optional.empty();
        };
    }
}
