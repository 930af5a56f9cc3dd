package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    /** One row. OMP_NUM_THREADS sets the threads of each replica. The replicas share the minibatch. */
    private record Row(Work work, int replicas, int threads) {}

    /** The results of one row in all turns. */
    private record Measured(List<Double> speeds, List<Long> megabytes) {}

    @Override
    void measure() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        Map<Network, Map<Row, Measured>> measured = new LinkedHashMap<>();
        int count = turns != null ? turns : quick ? 1 : 3;
        for (int turn = 0; turn < count; turn++) {
            for (Network network : Network.values()) {
                Map<Row, Measured> rows = measured.computeIfAbsent(network, key -> new LinkedHashMap<>());
                for (Row row : rows(network, cores)) {
                    measure(
                            network,
                            row,
                            rows.computeIfAbsent(row, key -> new Measured(new ArrayList<>(), new ArrayList<>())));
                }
            }
        }
        print(measured, cores);
    }

    private List<Row> rows(Network network, int cores) {
        List<Row> rows = new ArrayList<>();
        for (Work work : Work.values()) {
            boolean predicts = work.name().startsWith("PREDICT");
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

    private void measure(Network network, Row row, Measured measured) throws IOException, InterruptedException {
        List<String> printed = new JavaProcess(row.threads, "2g")
                .run(
                        Throughput.class,
                        List.of(
                                row.work.name(),
                                network.name(),
                                Integer.toString(row.replicas),
                                Integer.toString(network.batch() / row.replicas),
                                quick ? "6" : "15"));
        measured.speeds.add(Double.parseDouble(printed.get(printed.size() - 1)));
        measured.megabytes.add(Long.parseLong(printed.get(printed.size() - 2)));
        System.err.printf(
                Locale.ROOT,
                "%s, %s, %d × %d: %.1f images/s%n",
                network.title(),
                row.work.title(),
                row.replicas,
                row.threads,
                measured.speeds.get(measured.speeds.size() - 1));
    }

    private void print(Map<Network, Map<Row, Measured>> measured, int cores) {
        report().put("cores", cores);
        ArrayNode objects = report().putArray("rows");
        measured.forEach((network, rows) -> {
            table(
                    "%n%s, %d pictures per step, %d cores, images/s%n%-30s %9s %9s %9s %9s %9s %9s%n",
                    network.title(),
                    network.batch(),
                    cores,
                    "",
                    "replicas",
                    "threads",
                    "median",
                    "best",
                    "of limit",
                    "peak MB");
            rows.forEach((row, result) -> {
                Figures figures = new Figures(result.speeds);
                long megabytes = result.megabytes.stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElseThrow();
                Optional<Double> ofLimit =
                        limit(row).map(rows::get).map(limit -> figures.median() / new Figures(limit.speeds).median());
                ObjectNode object = objects.addObject()
                        .put("network", network.title())
                        .put("work", row.work.title())
                        .put("batch", network.batch())
                        .put("replicas", row.replicas)
                        .put("threads", row.threads)
                        .put("median", figures.median())
                        .put("best", figures.best())
                        .put("peakMegabytes", megabytes);
                ofLimit.ifPresent(value -> object.put("ofLimit", value));
                table(
                        "%-30s %9d %9d %9.1f %9.1f %9s %9d%n",
                        row.work.title(),
                        row.replicas,
                        row.threads,
                        figures.median(),
                        figures.best(),
                        ofLimit.map(value -> String.format(Locale.ROOT, "%.2f", value))
                                .orElse("–"),
                        megabytes);
            });
        });
    }

    /** The baseline of a row: the raw primitives on the same number of threads, or ONNX Runtime for prediction. */
    private static Optional<Row> limit(Row row) {
        return switch (row.work) {
            case TRAIN_STOCK, TRAIN_HELPERS, TRAIN, TRAIN_BF16 ->
                Optional.of(new Row(Work.TRAIN_PRIMITIVES, row.replicas, row.threads));
            case PREDICT_HELPERS, PREDICT -> Optional.of(new Row(Work.PREDICT_ONNX, row.replicas, row.threads));
            case TRAIN_PRIMITIVES, PREDICT_ONNX -> Optional.empty();
        };
    }
}
