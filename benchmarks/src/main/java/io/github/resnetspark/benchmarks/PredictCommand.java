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
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures latency and throughput of Predictor, compared with ONNX Runtime. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description =
                "Latency and throughput of Predictor, from encoded pictures to probabilities, compared with ONNX Runtime on"
                        + " the same model directory, for one picture per call on 1 to 8 threads, and for 64 pictures. All are"
                        + " measured in turns.")
final class PredictCommand extends BenchmarkCommand {
    private static final List<Load> LOADS =
            List.of(new Load(1, 1), new Load(2, 1), new Load(4, 1), new Load(8, 1), new Load(1, 64));

    @Option(names = "--quick", description = "Run one short turn instead of three longer turns.")
    private boolean quick;

    /**
     * What a service has to do.
     *
     * @param callers threads that call at the same time
     * @param pictures of one call
     */
    private record Load(int callers, int pictures) {}

    /** One row. */
    private record Row(Network network, Load load, Classifier classifier) {}

    @Override
    void measure() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        Map<Row, List<Latency.Result>> measured = new LinkedHashMap<>();
        try (Scratch scratch = Scratch.create()) {
            for (Network network : Network.values()) {
                write(network.spec(), scratch.path().resolve(network.name()));
            }
            for (int turn = 0; turn < (quick ? 1 : 3); turn++) {
                for (Network network : Network.values()) {
                    Path model = scratch.path().resolve(network.name());
                    for (Load load : LOADS) {
                        for (Classifier classifier : Classifier.values()) {
                            Row row = new Row(network, load, classifier);
                            measured.computeIfAbsent(row, key -> new ArrayList<>())
                                    .add(measure(row, model, cores));
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

    private Latency.Result measure(Row row, Path model, int cores) throws IOException, InterruptedException {
        Latency.Result result = Latency.Result.of(new JavaProcess(cores, "2g")
                .run(
                        Latency.class,
                        List.of(
                                row.classifier.name(),
                                row.network.name(),
                                model.toString(),
                                Integer.toString(row.load.callers),
                                Integer.toString(row.load.pictures),
                                quick ? "4" : "10")));
        System.err.printf(
                Locale.ROOT,
                "%s, callers: %d, pictures per call: %d, %s: %.1f images/s%n",
                row.network.title(),
                row.load.callers,
                row.load.pictures,
                row.classifier.title(),
                result.imagesPerSecond());
        return result;
    }

    private void print(Map<Row, List<Latency.Result>> measured, int cores) {
        Machine machine = Machine.here();
        report().put("cores", cores).putPOJO("machine", machine);
        ArrayNode rows = report().putArray("rows");
        table("%d cores, %s%noneDNN %s, huge pages: %s%n", cores, machine.cpu(), machine.oneDnn(), machine.hugePages());
        table(
                "%-16s %8s %9s  %-30s %10s %10s %10s%n",
                "network", "callers", "pictures", "", "median ms", "95 % ms", "images/s");
        measured.forEach((row, results) -> {
            double median = median(results, Latency.Result::medianMilliseconds);
            double percentile = median(results, Latency.Result::percentile95Milliseconds);
            double speed = median(results, Latency.Result::imagesPerSecond);
            rows.addObject()
                    .put("network", row.network.title())
                    .put("callers", row.load.callers)
                    .put("picturesAtOnce", row.load.pictures)
                    .put("classifier", row.classifier.title())
                    .put("medianMilliseconds", median)
                    .put("percentile95Milliseconds", percentile)
                    .put("imagesPerSecond", speed);
            table(
                    "%-16s %8d %9d  %-30s %10.2f %10.2f %10.1f%n",
                    row.network.title(),
                    row.load.callers,
                    row.load.pictures,
                    row.classifier.title(),
                    median,
                    percentile,
                    speed);
        });
    }

    private static double median(List<Latency.Result> results, ToDoubleFunction<Latency.Result> figure) {
        return new Figures(results.stream().mapToDouble(figure).boxed().toList()).median();
    }
}
