package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.resnetspark.bundle.BundleContents;
import io.github.resnetspark.bundle.BundleWriter;
import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures latency and throughput of Predictor, compared with ONNX Runtime. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description =
                "Latency and throughput of Predictor, from encoded pictures to probabilities, compared with ONNX Runtime on"
                        + " the same model directory. Both are measured in turns.")
final class PredictCommand extends BenchmarkCommand {
    private static final List<Integer> PICTURES = List.of(1, 64);

    @Option(names = "--quick", description = "Run one short turn instead of three longer turns.")
    private boolean quick;

    /** One row: the classifier, and the number of pictures per call. */
    private record Row(Network network, int pictures, Classifier classifier) {}

    /** The results of one row in all turns. Milliseconds are per call. */
    private record Measured(List<Double> medians, List<Double> percentiles, List<Double> speeds) {}

    @Override
    void measure() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        Map<Row, Measured> measured = new LinkedHashMap<>();
        try (Scratch scratch = Scratch.create()) {
            for (Network network : Network.values()) {
                write(network.spec(), scratch.path().resolve(network.name()));
            }
            for (int turn = 0; turn < (quick ? 1 : 3); turn++) {
                for (Network network : Network.values()) {
                    Path model = scratch.path().resolve(network.name());
                    for (int pictures : PICTURES) {
                        for (Classifier classifier : Classifier.values()) {
                            Row row = new Row(network, pictures, classifier);
                            measure(
                                    row,
                                    model,
                                    cores,
                                    measured.computeIfAbsent(
                                            row,
                                            key -> new Measured(
                                                    new ArrayList<>(), new ArrayList<>(), new ArrayList<>())));
                        }
                    }
                }
            }
        }
        print(measured, cores);
    }

    private static void write(ResNetSpec spec, Path directory) throws IOException {
        List<String> labels =
                IntStream.range(0, spec.classes()).mapToObj(Integer::toString).toList();
        BundleWriter.write(
                directory,
                new BundleContents(spec, labels, Preprocessing.of(spec.input(), Normalization.IMAGENET), "{}"),
                ResNet.create(spec, 1));
    }

    private void measure(Row row, Path model, int cores, Measured measured) throws IOException, InterruptedException {
        List<String> printed = new JavaProcess(cores, "2g")
                .run(
                        Latency.class,
                        List.of(
                                row.classifier.name(),
                                row.network.name(),
                                model.toString(),
                                Integer.toString(row.pictures),
                                quick ? "4" : "15"));
        int last = printed.size() - 1;
        measured.medians.add(Double.parseDouble(printed.get(last - 2)));
        measured.percentiles.add(Double.parseDouble(printed.get(last - 1)));
        measured.speeds.add(Double.parseDouble(printed.get(last)));
        System.err.printf(
                Locale.ROOT,
                "%s, %d at once, %s: %.1f images/s%n",
                row.network.title(),
                row.pictures,
                row.classifier.title(),
                measured.speeds.get(measured.speeds.size() - 1));
    }

    private void print(Map<Row, Measured> measured, int cores) {
        report().put("cores", cores);
        ArrayNode rows = report().putArray("rows");
        table(
                "%d cores%n%-16s %8s  %-30s %10s %10s %10s%n",
                cores, "network", "at once", "", "median ms", "95 % ms", "images/s");
        measured.forEach((row, result) -> {
            double median = new Figures(result.medians).median();
            double percentile = new Figures(result.percentiles).median();
            double speed = new Figures(result.speeds).median();
            rows.addObject()
                    .put("network", row.network.title())
                    .put("picturesAtOnce", row.pictures)
                    .put("classifier", row.classifier.title())
                    .put("medianMilliseconds", median)
                    .put("percentile95Milliseconds", percentile)
                    .put("imagesPerSecond", speed);
            table(
                    "%-16s %8d  %-30s %10.2f %10.2f %10.1f%n",
                    row.network.title(), row.pictures, row.classifier.title(), median, percentile, speed);
        });
    }
}
