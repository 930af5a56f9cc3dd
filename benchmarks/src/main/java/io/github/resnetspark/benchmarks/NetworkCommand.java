package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** Measures the cost of an averaging round on a network as slow as a real one. */
@Command(
        name = "network",
        mixinStandardHelpOptions = true,
        description = {
            "Cost of an averaging round of ResNet-50's 25.6 million parameters with momentum on a network with a limited"
                    + " rate: two workers on two nodes, compared with the time that the bytes need on the wire, with a"
                    + " plain copy of the same bytes over the same links, and with dl4j-spark's"
                    + " ParameterAveragingTrainingMaster on the same cluster.",
            "Starts the cluster of deploy/bin/local-cluster with --network, and stops it in the end. Needs root, and"
                    + " 18 GB for dl4j-spark."
        })
final class NetworkCommand extends BenchmarkCommand {
    private static final int WORKERS = 2;
    private static final int HEAP = 2500;
    private static final int STOCK_HEAP = 6000;

    @Option(
            names = "--rate",
            split = ",",
            defaultValue = "1gbit,10gbit",
            converter = RateOption.class,
            description = "Rates of the links, each as tc writes it. Default: ${DEFAULT-VALUE}.")
    private List<LinkRate> rates;

    @Option(
            names = "--replicas",
            split = ",",
            defaultValue = "1,2,4",
            description = "Numbers of replicas of each worker. Default: ${DEFAULT-VALUE}.")
    private List<Integer> replicas;

    @Option(
            names = "--minibatches",
            defaultValue = "24",
            description = "Minibatches of all replicas of a worker in a round. While they train, the driver should have"
                    + " the time to receive the last average, as in a real training. Default: ${DEFAULT-VALUE}.")
    private int minibatches;

    @Option(
            names = "--stock",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "With or without dl4j-spark. Default: with it.")
    private boolean stock;

    @Option(names = "--quick", description = "Run fewer rounds.")
    private boolean quick;

    /** Reads a rate. picocli reports what it refuses. */
    private static final class RateOption implements ITypeConverter<LinkRate> {
        @Override
        public LinkRate convert(String text) {
            return LinkRate.of(text);
        }
    }

    /**
     * The results on one network.
     *
     * @param copySeconds of a plain copy of the bytes of a round, in both directions at the same time
     * @param stockSeconds of a round of dl4j-spark without its training
     */
    private record OnNetwork(
            LinkRate rate, double copySeconds, List<AveragingRounds> ours, OptionalDouble stockSeconds) {
        double wireSeconds() {
            return rate.seconds(ExecutorTraffic.expected(ours.get(0).stateBytes(), WORKERS));
        }
    }

    @Override
    void measure() throws Exception {
        try (Scratch scratch = Scratch.create()) {
            Path shards = LargeState.shards(scratch);
            List<OnNetwork> measured = new ArrayList<>();
            for (LinkRate rate : rates) {
                measured.add(on(rate, shards, scratch));
            }
            print(measured);
        }
    }

    private OnNetwork on(LinkRate rate, Path shards, Scratch scratch) throws IOException, InterruptedException {
        int cores = replicas.stream().mapToInt(Integer::intValue).max().orElseThrow();
        List<String> options = List.of(
                "--workers", Integer.toString(WORKERS),
                "--cores", Integer.toString(cores),
                "--memory", STOCK_HEAP + "m",
                "--network", rate.text());
        try (LocalCluster cluster = LocalCluster.up(scratch, options)) {
            List<AveragingRounds> ours = new ArrayList<>();
            for (int count : replicas) {
                ours.add(ours(cluster, count, shards, scratch.folder(rate.text() + "-" + count)));
            }
            List<Node> nodes = cluster.workers();
            long bytes = Math.round(ExecutorTraffic.expected(ours.get(0).stateBytes(), WORKERS));
            double copySeconds = LinkCopy.seconds(nodes.get(0), nodes.get(1), bytes);
            return new OnNetwork(rate, copySeconds, ours, stock ? stockSeconds(cluster) : OptionalDouble.empty());
        }
    }

    private AveragingRounds ours(LocalCluster cluster, int count, Path shards, Path folder)
            throws IOException, InterruptedException {
        ExecutorTraffic traffic = new ExecutorTraffic(
                cluster.workers(),
                driver -> cluster.executors().stream().map(ProcessHandle::pid).collect(Collectors.toSet()));
        TrainedRounds rounds = TrainedRounds.run(
                new JavaProcess(1, "3g").onCluster(cluster, WORKERS, count, HEAP),
                LargeState.settings(shards, WORKERS, count, Math.max(1, minibatches / count)),
                quick ? 5 : 40,
                quick ? 5 : 15,
                folder,
                traffic);
        return new AveragingRounds(WORKERS, count, rounds, traffic.perRound());
    }

    private OptionalDouble stockSeconds(LocalCluster cluster) throws IOException, InterruptedException {
        return OptionalDouble.of(new JavaProcess(1, "6g")
                .onCluster(cluster, WORKERS, 1, STOCK_HEAP)
                .with("spark.driver.maxResultSize", "0")
                .number(StockRounds.class, List.of(Integer.toString(WORKERS), quick ? "1" : "4", quick ? "2" : "5")));
    }

    private void print(List<OnNetwork> measured) {
        long state = measured.get(0).ours.get(0).stateBytes();
        report().put("stateBytes", state).put("workers", WORKERS);
        table(
                "ResNet-50: %.1f MB of parameters and momentum, %d workers. Seconds of a round without its training%n",
                state / 1e6, WORKERS);
        ArrayNode networks = report().putArray("networks");
        for (OnNetwork one : measured) {
            ObjectNode network = networks.addObject()
                    .put("rate", one.rate.text())
                    .put("wireSeconds", one.wireSeconds())
                    .put("copySeconds", one.copySeconds);
            table("%n%-40s %8s %14s %14s%n", one.rate.text(), "seconds", "of the wire", "of the copy");
            row(one, "the bytes on the wire, computed", one.wireSeconds());
            row(one, "plain copy, both directions at once", one.copySeconds);
            ArrayNode rounds = network.putArray("rounds");
            for (AveragingRounds ours : one.ours) {
                row(one, "ours, " + ours.title(), ours.seconds());
            }
            one.stockSeconds.ifPresent(seconds -> {
                network.put("stockSeconds", seconds);
                row(one, "dl4j-spark, " + WORKERS + " workers", seconds);
            });
            for (AveragingRounds ours : one.ours) {
                table("%s:", ours.title());
                ObjectNode row =
                        rounds.addObject().put("replicas", ours.replicas()).put("seconds", ours.seconds());
                phases(row, phase -> ours.rounds().median(phase + "Seconds"));
                ours.traffic().ifPresent(traffic -> {
                    row.put("executorBytes", traffic.among()).put("executorToDriverBytes", traffic.toDriver());
                    table(
                            "%n  each executor sends and receives %.1f MB, and sends %.1f MB to the driver",
                            traffic.among() / 1e6, traffic.toDriver() / 1e6);
                });
                table("%n");
            }
        }
    }

    private void row(OnNetwork one, String title, double seconds) {
        table("%-40s %8.3f %13.2f× %13.2f×%n", title, seconds, seconds / one.wireSeconds(), seconds / one.copySeconds);
    }
}
