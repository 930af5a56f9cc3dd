package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Training throughput of ResNet-20 on CIFAR-sized pictures: ours beside DL4J as shipped. */
@Command(
        name = "kernels",
        mixinStandardHelpOptions = true,
        description = "Training throughput of ResNet-20, ours beside Deeplearning4j as shipped, in turns.")
final class KernelsCommand implements Callable<Integer> {
    private static final int DEPTH = 20;
    private static final int BATCH = 128;

    @Option(names = "--quick", description = "One short turn instead of five longer ones.")
    private boolean quick;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** One line of the table: threads of each replica by OMP_NUM_THREADS, the batch shared by the replicas. */
    private record Configuration(String name, String path, int replicas, int threads) {}

    @Override
    public Integer call() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        List<Configuration> configurations = List.of(
                new Configuration("DL4J as shipped", "stock", 1, cores),
                new Configuration("ours, 1 replica", "ours", 1, cores),
                new Configuration("ours, a replica per core", "ours", cores, 1));
        Map<Configuration, List<Double>> speeds = new LinkedHashMap<>();
        for (int turn = 0; turn < (quick ? 1 : 5); turn++) {
            for (Configuration configuration : configurations) {
                speeds.computeIfAbsent(configuration, key -> new ArrayList<>()).add(measure(configuration));
            }
        }
        print(speeds, cores);
        return 0;
    }

    private double measure(Configuration configuration) throws IOException, InterruptedException {
        return new JavaProcess(configuration.threads, "1g")
                .number(
                        TrainingThroughput.class,
                        List.of(
                                configuration.path,
                                Integer.toString(DEPTH),
                                Integer.toString(configuration.replicas),
                                Integer.toString(BATCH / configuration.replicas),
                                quick ? "8" : "20"));
    }

    private void print(Map<Configuration, List<Double>> speeds, int cores) {
        double baseline = new Figures(speeds.values().iterator().next()).median();
        ObjectNode report = new ObjectMapper().createObjectNode();
        report.put("network", "CIFAR ResNet-" + DEPTH).put("batch", BATCH).put("cores", cores);
        ArrayNode rows = report.putArray("rows");
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "CIFAR ResNet-%d, training, %d pictures a step, %d cores; images/s%n%-28s %10s %10s %8s%n",
                DEPTH,
                BATCH,
                cores,
                "",
                "median",
                "best",
                "ratio"));
        speeds.forEach((configuration, values) -> {
            Figures figures = new Figures(values);
            double ratio = figures.median() / baseline;
            rows.addObject()
                    .put("name", configuration.name)
                    .put("replicas", configuration.replicas)
                    .put("threads", configuration.threads)
                    .put("median", figures.median())
                    .put("best", figures.best())
                    .put("ratio", ratio);
            table.append(String.format(
                    Locale.ROOT,
                    "%-28s %10.1f %10.1f %7.1f×%n",
                    configuration.name,
                    figures.median(),
                    figures.best(),
                    ratio));
        });
        System.out.print(json ? report + System.lineSeparator() : table);
    }
}
