package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.job.cli.ResNetSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how much faster two workers train than one. */
@Command(
        name = "scaling",
        mixinStandardHelpOptions = true,
        description = {
            "Training throughput of ResNet-20 on CIFAR-10, averaged every 10 minibatches: 1 worker with 1 thread,"
                    + " 2 workers with 1 thread each, and 1 and 2 replicas without Spark and without decoding, all in"
                    + " turns. The replicas show how much the machine itself loses with two.",
            "Uses CIFAR-10 from RESNET_SPARK_TEST_DATA, or else pictures like those of the quickstart. Executors are"
                    + " separate processes on this machine (Spark's local-cluster)."
        })
final class ScalingCommand extends BenchmarkCommand {
    private static final int DEPTH = 20;
    private static final int BATCH = 64;
    private static final int EVERY = 10;
    /** A JVM needs many rounds to compile the code that Spark runs in each. */
    private static final int WARM_UP_ROUNDS = 80;

    private static final int QUICK_WARM_UP_ROUNDS = 10;

    @Option(names = "--quick", description = "Run one short turn with JVMs that are hardly warm.")
    private boolean quick;

    @Option(
            names = "--turns",
            defaultValue = "2",
            description = "Number of turns of seven minutes each. Default: ${DEFAULT-VALUE}.")
    private int turns;

    /** The results with a number of workers: images/s and the rounds, one of each per turn. */
    private record Workers(List<Double> speeds, List<TrainedRounds> rounds) {
        Workers() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        double speed() {
            return new Figures(speeds).median();
        }

        double phase(String phase) {
            return new Figures(rounds.stream()
                            .map(turn -> turn.median(phase + "Seconds"))
                            .toList())
                    .median();
        }
    }

    @Override
    void measure() throws Exception {
        try (Scratch scratch = Scratch.create()) {
            TrainingPictures pictures = TrainingPictures.find(scratch);
            Path shards = prepare(pictures, scratch);
            Map<Integer, Workers> workers = new LinkedHashMap<>();
            Map<Integer, List<Double>> withoutSpark = new LinkedHashMap<>();
            for (int turn = 0; turn < (quick ? 1 : turns); turn++) {
                for (int count : new int[] {1, 2}) {
                    TrainedRounds rounds = train(count, shards, scratch.folder("turn-" + turn + "-" + count));
                    Workers measured = workers.computeIfAbsent(count, key -> new Workers());
                    measured.rounds.add(rounds);
                    measured.speeds.add(rounds.median("imagesPerSecond"));
                    withoutSpark
                            .computeIfAbsent(count, key -> new ArrayList<>())
                            .add(withoutSpark(count));
                }
            }
            print(pictures.title(), workers, withoutSpark);
        }
    }

    private static Path prepare(TrainingPictures pictures, Scratch scratch) throws IOException, InterruptedException {
        Path shards = scratch.path().resolve("shards");
        new JavaProcess(1, "2g")
                .run(
                        ResNetSpark.class,
                        List.of(
                                "prepare",
                                "--set",
                                "prepare.source=" + pictures.source(),
                                "--set",
                                "data.shards=" + shards));
        return shards;
    }

    private TrainedRounds train(int workers, Path shards, Path folder) throws IOException, InterruptedException {
        return TrainedRounds.run(
                new JavaProcess(1, "1g").onSpark(workers, 1200, folder),
                List.of(
                        "data.shards=" + shards,
                        "data.augment=pad-crop-flip",
                        "model.depth=" + DEPTH,
                        "train.batch-size-per-replica=" + BATCH,
                        "averaging.every=" + EVERY,
                        "cluster.workers=" + workers),
                quick ? QUICK_WARM_UP_ROUNDS : WARM_UP_ROUNDS,
                quick ? 6 : 15,
                folder);
    }

    private double withoutSpark(int replicas) throws IOException, InterruptedException {
        return new JavaProcess(1, "1g")
                .number(
                        Throughput.class,
                        List.of(
                                Work.TRAIN.name(),
                                Network.RESNET_20.name(),
                                Integer.toString(replicas),
                                Integer.toString(BATCH),
                                quick ? "8" : "20"));
    }

    private void print(String pictures, Map<Integer, Workers> workers, Map<Integer, List<Double>> withoutSpark) {
        double one = workers.get(1).speed();
        double two = workers.get(2).speed();
        double oneAlone = new Figures(withoutSpark.get(1)).median();
        double alone = new Figures(withoutSpark.get(2)).median();
        report().put("network", "CIFAR ResNet-" + DEPTH)
                .put("pictures", pictures)
                .put("batch", BATCH)
                .put("every", EVERY)
                .put("imagesPerSecond1", one)
                .put("imagesPerSecond2", two)
                .put("efficiency", two / (2 * one))
                .put("imagesPerSecond1WithoutSpark", oneAlone)
                .put("imagesPerSecond2WithoutSpark", alone)
                .put("efficiencyWithoutSpark", alone / (2 * oneAlone))
                .put("shareOfWithoutSpark", two / alone);
        table(
                "CIFAR ResNet-%d on %s, %d pictures per minibatch, averaged every %d, images/s%n",
                DEPTH, pictures, BATCH, EVERY);
        table("%-36s %8.1f%n", "1 worker, 1 thread", one);
        table("%-36s %8.1f   efficiency %.3f%n", "2 workers, 1 thread each", two, two / (2 * one));
        table("%-36s %8.1f%n", "1 replica without Spark, 1 thread", oneAlone);
        table(
                "%-36s %8.1f   efficiency %.3f, 2 workers reach %.3f of this speed%n",
                "2 replicas without Spark", alone, alone / (2 * oneAlone), two / alone);
        ArrayNode rows = report().putArray("rounds");
        workers.forEach((count, measured) -> {
            ObjectNode row = rows.addObject().put("workers", count);
            table("seconds per round, %d worker%s:", count, count == 1 ? "" : "s");
            for (String phase : TrainedRounds.PHASES) {
                row.put(phase + "Seconds", measured.phase(phase));
                table(" %s %.3f", phase, measured.phase(phase));
            }
            table("%n");
        });
    }
}
