package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how much faster two workers train than one, and what averaging after every minibatch costs inside a worker. */
@Command(
        name = "scaling",
        mixinStandardHelpOptions = true,
        description = {
            "Training throughput of ResNet-20 on CIFAR-10. It has two parts:",
            "  workers  1 worker and 2 workers with 1 thread each, averaged every 10 minibatches,",
            "           compared with 1 and 2 replicas without Spark that train on the same pictures",
            "           and are not averaged, and with replicas that do not even read pictures",
            "  within   1 worker with 2 replicas in the embedded Spark, which are averaged after",
            "           every minibatch, compared with every 10",
            "All are measured in turns. The replicas without Spark show how much the machine itself loses with two.",
            "Uses CIFAR-10 from RESNET_SPARK_TEST_DATA, or else pictures like those of the quickstart. The executors of"
                    + " workers are separate processes on this machine (Spark's local-cluster)."
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
            description =
                    "Number of turns, of nine minutes for workers and seven for within. Default: ${DEFAULT-VALUE}.")
    private int turns;

    @Option(
            names = "--part",
            split = ",",
            description = "Measure only this part. Several are separated by commas. Default: all.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    private enum Part {
        WORKERS,
        WITHIN
    }

    /** What is measured in each turn. */
    private enum Row {
        ONE_WORKER("1 worker, 1 thread", Part.WORKERS),
        ONE_REPLICA("1 replica without Spark, the same pictures", Part.WORKERS),
        ONE_REPLICA_ALONE("1 replica without Spark, one minibatch", Part.WORKERS),
        TWO_WORKERS("2 workers, 1 thread each", Part.WORKERS),
        TWO_REPLICAS("2 replicas without Spark, the same pictures", Part.WORKERS),
        TWO_REPLICAS_ALONE("2 replicas without Spark, one minibatch", Part.WORKERS),
        WITHIN_ROUND("2 replicas of a worker, averaged every 10", Part.WITHIN),
        WITHIN_ONE("2 replicas of a worker, averaged every 1", Part.WITHIN);

        private final String title;
        private final Part part;

        Row(String title, Part part) {
            this.title = title;
            this.part = part;
        }

        boolean isOfSpark() {
            return this == ONE_WORKER || this == TWO_WORKERS || part == Part.WITHIN;
        }
    }

    /** The results of a row: images/s and, with Spark, the rounds, one of each per turn. */
    private record Measured(List<Double> speeds, List<TrainedRounds> rounds) {
        Measured() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(TrainedRounds turn) {
            rounds.add(turn);
            speeds.add(turn.median("imagesPerSecond"));
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
            Path shards = pictures.shards(scratch);
            Map<Row, Measured> measured = new EnumMap<>(Row.class);
            for (int turn = 0; turn < (quick ? 1 : turns); turn++) {
                for (Row row : Row.values()) {
                    if (parts.contains(row.part)) {
                        Path folder = scratch.folder("turn-" + turn + "-" + row);
                        measure(row, shards, folder, measured.computeIfAbsent(row, key -> new Measured()));
                    }
                }
            }
            print(pictures.title(), measured);
        }
    }

    private void measure(Row row, Path shards, Path folder, Measured measured)
            throws IOException, InterruptedException {
        JavaProcess java = new JavaProcess(1, "1g");
        switch (row) {
            case ONE_WORKER -> measured.add(train(java.onSpark(1, 1200, folder), 1, 1, EVERY, shards, folder));
            case TWO_WORKERS -> measured.add(train(java.onSpark(2, 1200, folder), 2, 1, EVERY, shards, folder));
            case WITHIN_ROUND -> measured.add(train(new JavaProcess(1, "2g"), 1, 2, EVERY, shards, folder));
            case WITHIN_ONE -> measured.add(train(new JavaProcess(1, "2g"), 1, 2, 1, shards, folder));
            case ONE_REPLICA -> measured.speeds.add(withoutSpark(java, 1, shards));
            case TWO_REPLICAS -> measured.speeds.add(withoutSpark(java, 2, shards));
            case ONE_REPLICA_ALONE -> measured.speeds.add(withoutPictures(java, 1));
            case TWO_REPLICAS_ALONE -> measured.speeds.add(withoutPictures(java, 2));
        }
        System.err.printf(
                Locale.ROOT, "%s: %.1f images/s%n", row.title, measured.speeds.get(measured.speeds.size() - 1));
    }

    private TrainedRounds train(JavaProcess java, int workers, int replicas, int within, Path shards, Path folder)
            throws IOException, InterruptedException {
        List<String> settings = new ArrayList<>(settings(shards));
        settings.add("cluster.workers=" + workers);
        settings.add("cluster.replicas=" + replicas);
        if (within < EVERY) {
            settings.add("averaging.within=" + within);
        }
        return TrainedRounds.run(java, settings, quick ? QUICK_WARM_UP_ROUNDS : WARM_UP_ROUNDS, quick ? 6 : 15, folder);
    }

    private static List<String> settings(Path shards) {
        return List.of(
                "data.shards=" + shards,
                "data.augment=pad-crop-flip",
                "model.depth=" + DEPTH,
                "train.batch-size-per-replica=" + BATCH,
                "averaging.every=" + EVERY);
    }

    private double withoutSpark(JavaProcess java, int replicas, Path shards) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(replicas), seconds()));
        arguments.addAll(settings(shards));
        return Throughput.Result.of(java.run(PlainReplicas.class, arguments)).imagesPerSecond();
    }

    private double withoutPictures(JavaProcess java, int replicas) throws IOException, InterruptedException {
        List<String> arguments = List.of(
                Work.TRAIN.name(),
                Network.RESNET_20.name(),
                Integer.toString(replicas),
                Integer.toString(BATCH),
                seconds());
        return Throughput.Result.of(java.run(Throughput.class, arguments)).imagesPerSecond();
    }

    private String seconds() {
        return quick ? "8" : "30";
    }

    private void print(String pictures, Map<Row, Measured> measured) {
        report().put("network", "CIFAR ResNet-" + DEPTH)
                .put("pictures", pictures)
                .put("batch", BATCH)
                .put("every", EVERY);
        table("CIFAR ResNet-%d on %s, %d pictures per minibatch, images/s%n", DEPTH, pictures, BATCH);
        if (parts.contains(Part.WORKERS)) {
            printWorkers(measured);
        }
        if (parts.contains(Part.WITHIN)) {
            printWithin(measured);
        }
        ArrayNode rows = report().putArray("rounds");
        measured.forEach((row, result) -> {
            if (row.isOfSpark()) {
                ObjectNode object = rows.addObject().put("row", row.title);
                table("seconds per round, %s:%n ", row.title);
                phases(object, result::phase);
                table("%n");
            }
        });
    }

    private void printWorkers(Map<Row, Measured> measured) {
        double two = measured.get(Row.TWO_WORKERS).speed();
        double withoutSpark = measured.get(Row.TWO_REPLICAS).speed();
        report().put("imagesPerSecond1", measured.get(Row.ONE_WORKER).speed())
                .put("imagesPerSecond2", two)
                .put("efficiency", efficiency(measured, Row.ONE_WORKER, Row.TWO_WORKERS))
                .put(
                        "imagesPerSecond1WithoutSpark",
                        measured.get(Row.ONE_REPLICA).speed())
                .put("imagesPerSecond2WithoutSpark", withoutSpark)
                .put("efficiencyWithoutSpark", efficiency(measured, Row.ONE_REPLICA, Row.TWO_REPLICAS))
                .put(
                        "imagesPerSecond1WithoutPictures",
                        measured.get(Row.ONE_REPLICA_ALONE).speed())
                .put(
                        "imagesPerSecond2WithoutPictures",
                        measured.get(Row.TWO_REPLICAS_ALONE).speed())
                .put("efficiencyWithoutPictures", efficiency(measured, Row.ONE_REPLICA_ALONE, Row.TWO_REPLICAS_ALONE))
                .put("shareOfWithoutSpark", two / withoutSpark);
        pair(measured, Row.ONE_WORKER, Row.TWO_WORKERS);
        pair(measured, Row.ONE_REPLICA, Row.TWO_REPLICAS);
        pair(measured, Row.ONE_REPLICA_ALONE, Row.TWO_REPLICAS_ALONE);
        table("2 workers reach %.3f of the speed of 2 replicas without Spark%n%n", two / withoutSpark);
    }

    private void pair(Map<Row, Measured> measured, Row one, Row two) {
        table("%-46s %8.1f%n", one.title, measured.get(one).speed());
        table("%-46s %8.1f   efficiency %.3f%n", two.title, measured.get(two).speed(), efficiency(measured, one, two));
    }

    private static double efficiency(Map<Row, Measured> measured, Row one, Row two) {
        return measured.get(two).speed() / (2 * measured.get(one).speed());
    }

    private void printWithin(Map<Row, Measured> measured) {
        double every = measured.get(Row.WITHIN_ONE).speed();
        double round = measured.get(Row.WITHIN_ROUND).speed();
        report().put("imagesPerSecondWithin1", every)
                .put("imagesPerSecondWithin" + EVERY, round)
                .put("shareWithin1", every / round);
        table("%-46s %8.1f%n", Row.WITHIN_ROUND.title, round);
        table("%-46s %8.1f   %.3f of the speed%n%n", Row.WITHIN_ONE.title, every, every / round);
    }
}
