package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resnetspark.job.cli.ResNetSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what a slow executor costs with even shares and with shares by speed. */
@Command(
        name = "balance",
        mixinStandardHelpOptions = true,
        description = {
            "Training throughput of ResNet-20 on CIFAR-10 with 2 workers of 1 thread each, averaged every 10 minibatches:"
                    + " undisturbed, with one executor slowed down and cluster.balance = even, and the same with"
                    + " cluster.balance = speed, all in turns. Pauses the executor for a part of the time, many times a"
                    + " second.",
            "Uses CIFAR-10 from RESNET_SPARK_TEST_DATA, or else pictures like those of the quickstart. Executors are"
                    + " separate processes on this machine (Spark's local-cluster)."
        })
final class BalanceCommand extends BenchmarkCommand {
    private static final int DEPTH = 20;
    private static final int BATCH = 64;
    private static final int AVERAGED_EVERY = 10;
    private static final int WORKERS = 2;
    /** Enough for the measured times to change the split. */
    private static final int WARM_UP_ROUNDS = 30;

    private static final int QUICK_WARM_UP_ROUNDS = 12;

    @Option(names = "--quick", description = "Run one short turn with JVMs that are hardly warm.")
    private boolean quick;

    @Option(
            names = "--turns",
            defaultValue = "2",
            description = "Number of turns of eight minutes each. Default: ${DEFAULT-VALUE}.")
    private int turns;

    @Option(
            names = "--slowdown",
            defaultValue = "2",
            description = "How many times as long the slow executor takes. Default: ${DEFAULT-VALUE}.")
    private double slowdown;

    /** The three ways to train. */
    private enum Way {
        UNDISTURBED("undisturbed", "even", "imagesPerSecondUndisturbed"),
        EVEN("slow executor, even", "even", "imagesPerSecondEven"),
        SPEED("slow executor, speed", "speed", "imagesPerSecondSpeed");

        private final String title;
        private final String balance;
        private final String field;

        Way(String title, String balance, String field) {
            this.title = title;
            this.balance = balance;
            this.field = field;
        }
    }

    @Override
    void measure() throws Exception {
        Map<Way, List<Double>> speeds = new EnumMap<>(Way.class);
        List<JsonNode> splits = new ArrayList<>();
        String title;
        try (Scratch scratch = Scratch.create()) {
            TrainingPictures pictures = TrainingPictures.find(scratch);
            title = pictures.title();
            Path shards = pictures.shards(scratch);
            for (int turn = 0; turn < (quick ? 1 : turns); turn++) {
                for (Way way : Way.values()) {
                    TrainedRounds rounds = train(way, shards, scratch.folder("turn-" + turn + "-" + way));
                    speeds.computeIfAbsent(way, key -> new ArrayList<>()).add(rounds.median("imagesPerSecond"));
                    if (way == Way.SPEED) {
                        rounds.rounds().forEach(round -> splits.add(round.path("minibatches")));
                    }
                }
            }
        }
        print(title, speeds, splits.get(splits.size() - 1));
    }

    private TrainedRounds train(Way way, Path shards, Path folder) throws IOException, InterruptedException {
        Path model = folder.resolve("model");
        List<String> settings = List.of(
                "data.shards=" + shards,
                "data.augment=pad-crop-flip",
                "model.depth=" + DEPTH,
                "train.batch-size-per-replica=" + BATCH,
                "averaging.every=" + AVERAGED_EVERY,
                "cluster.workers=" + WORKERS,
                "cluster.balance=" + way.balance);
        Process process = new JavaProcess(1, "1g")
                .onSpark(WORKERS, 1200, folder)
                .start(ResNetSpark.class, TrainedRounds.arguments(model, settings));
        if (way != Way.UNDISTURBED) {
            // The executors have started when there is a round.
            TrainedRounds.await(process, model, 1);
            slowDown(process);
        }
        return TrainedRounds.first(
                process,
                model,
                quick ? QUICK_WARM_UP_ROUNDS : WARM_UP_ROUNDS,
                quick ? 6 : 15,
                TrainedRounds.Probe.NONE);
    }

    /** Pauses one of the executors again and again, until it ends. */
    private void slowDown(Process driver) throws IOException {
        ProcessHandle executor = driver.children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
        double running = 0.02;
        new ProcessBuilder(
                        "bash",
                        "-c",
                        "while kill -STOP $0; do sleep $1; kill -CONT $0; sleep $2; done",
                        Long.toString(executor.pid()),
                        Double.toString(running * (slowdown - 1)),
                        Double.toString(running))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void print(String pictures, Map<Way, List<Double>> speeds, JsonNode split) {
        double undisturbed = new Figures(speeds.get(Way.UNDISTURBED)).median();
        report().put("network", "CIFAR ResNet-" + DEPTH)
                .put("pictures", pictures)
                .put("batch", BATCH)
                .put("every", AVERAGED_EVERY)
                .put("slowdown", slowdown)
                .put("possible", (1 + 1 / slowdown) / 2)
                .set("minibatches", split);
        table(
                "CIFAR ResNet-%d on %s, %d workers, averaged every %d, one executor %.1f times as slow, images/s%n",
                DEPTH, pictures, WORKERS, AVERAGED_EVERY, slowdown);
        for (Way way : Way.values()) {
            double speed = new Figures(speeds.get(way)).median();
            report().put(way.field, speed);
            table("%-24s %8.1f   %.3f of undisturbed%n", way.title, speed, speed / undisturbed);
        }
        table("%-24s            %.3f of undisturbed%n", "if no worker waits", (1 + 1 / slowdown) / 2);
        table("minibatches of the workers in the last round by speed: %s%n", split);
    }
}
