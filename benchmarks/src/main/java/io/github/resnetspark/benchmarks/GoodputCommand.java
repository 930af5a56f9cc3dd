package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how much longer a training takes if its executors are killed again and again. */
@Command(
        name = "goodput",
        mixinStandardHelpOptions = true,
        description = {
            "The time of a training, divided by the time of the same training while one executor after another is killed"
                    + " with SIGKILL. ResNet-20 on CIFAR-10 with 2 workers, averaged every 10 minibatches, on the"
                    + " cluster of deploy/bin/local-cluster. Each kill hits one of the two executors that compute, and"
                    + " Spark starts another one. With a spare slot, the same is measured twice: with a cold spare"
                    + " (cluster.spares = 0) and with a warm one.",
            "Tells how long after a kill a lost task runs again and its round ends.",
            "Also compares the two models, and checks that every example was used once in each epoch. Uses CIFAR-10"
                    + " from RESNET_SPARK_TEST_DATA, or else pictures like those of the quickstart."
        })
final class GoodputCommand extends BenchmarkCommand {
    private static final int DEPTH = 20;
    private static final int BATCH = 64;
    private static final int AVERAGED_EVERY = 10;
    private static final int WORKERS = 2;
    private static final int SLOWEST = 12;
    private static final int WARM_UP_ROUNDS = 10;
    /** With one spare slot, a single one can be kept warm. */
    private static final int WARM = 1;

    private static final int ROUNDS = 10;
    private static final long SEED = 1;
    /** A training that takes this many times as long as planned has stopped making progress. */
    private static final int LONGEST = 5;

    @Option(names = "--quick", description = "Train for 2 minutes and kill an executor every 45 s.")
    private boolean quick;

    @Option(
            names = "--minutes",
            defaultValue = "10",
            description = "About how long the undisturbed training takes. Default: ${DEFAULT-VALUE}.")
    private int minutes;

    @Option(
            names = "--every",
            defaultValue = "60",
            description = "Seconds from one kill to the next. Default: ${DEFAULT-VALUE}.")
    private int every;

    @Option(
            names = "--spare",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "With or without a third slot, to which a killed executor's task can go. Default: with it.")
    private boolean spare;

    /**
     * A finished training.
     *
     * @param seconds from the end of its first round to the end of the command
     * @param kills when an executor was killed meanwhile, in milliseconds since 1970
     * @param parameters SHA-256 of the parameters in the model directory
     * @param events of Spark
     */
    private record Training(
            double seconds, List<Long> kills, TrainedRounds rounds, String parameters, SparkEvents events) {
        List<SparkEvents.Recovery> recoveries() {
            return kills.stream().map(events::after).toList();
        }

        List<JsonNode> slowest() {
            return rounds.rounds().stream()
                    .sorted(Comparator.comparingDouble(Training::secondsOf).reversed())
                    .limit(SLOWEST)
                    .toList();
        }

        static double secondsOf(JsonNode round) {
            return round.get("seconds").asDouble();
        }
    }

    /**
     * A training whose executors are killed.
     *
     * @param spares how many slots are kept warm
     * @param title what it has, for the table
     */
    private record Disturbance(int spares, String title) {}

    @Override
    void measure() throws Exception {
        if (quick) {
            minutes = 2;
            every = 45;
        }
        try (Scratch scratch = Scratch.create();
                LocalCluster cluster = LocalCluster.up(scratch, WORKERS + (spare ? 1 : 0))) {
            TrainingPictures pictures = TrainingPictures.find(scratch);
            cluster.run(List.of(
                    "prepare",
                    "--set",
                    "prepare.source=" + pictures.source().toUri(),
                    "--set",
                    "data.shards=" + LocalCluster.HDFS + "/shards"));
            int epochs = epochs(cluster, scratch.path().resolve("estimate"));
            Path models = scratch.path();
            Training undisturbed = train(cluster, epochs, models.resolve("undisturbed"), Integer.MAX_VALUE, WARM);
            List<Disturbance> disturbances = spare
                    ? List.of(new Disturbance(0, "a cold spare"), new Disturbance(WARM, "a warm spare"))
                    : List.of(new Disturbance(0, "no spare slot"));
            printTitle(pictures.title(), epochs, undisturbed);
            ArrayNode disturbed = report().putArray("disturbed");
            for (Disturbance one : disturbances) {
                Path model = models.resolve("disturbed-" + one.spares);
                print(one.title, epochs, undisturbed, train(cluster, epochs, model, every, one.spares), disturbed);
            }
        }
    }

    /** The number of epochs that take about the wanted time. */
    private int epochs(LocalCluster cluster, Path model) throws IOException, InterruptedException {
        TrainedRounds rounds = TrainedRounds.first(
                cluster.submit(arguments(model, 100, 0)), model, WARM_UP_ROUNDS, ROUNDS, TrainedRounds.Probe.NONE);
        double seconds =
                rounds.median(round -> round.get("epochExamples").asDouble()) / rounds.median("imagesPerSecond");
        return (int) Math.max(1, Math.round(minutes * 60 / seconds));
    }

    /** Trains, and kills an executor whenever this number of seconds has passed since the first round. */
    private Training train(LocalCluster cluster, int epochs, Path model, int killEvery, int spares)
            throws IOException, InterruptedException {
        Path events = Files.createDirectory(model.resolveSibling(model.getFileName() + "-events"));
        Process process = cluster.submit(SparkEvents.options(events), arguments(model, epochs, spares));
        TrainedRounds.await(process, model, 1);
        long begin = System.nanoTime();
        Random random = new Random(SEED);
        List<Long> kills = new ArrayList<>();
        for (long due = killEvery; !endsWithin(process, begin, due); due += killEvery) {
            if (due > LONGEST * 60L * minutes) {
                throw new IOException("The training into " + model + " takes more than " + LONGEST
                        + " times the planned time. See its log above.");
            }
            if (cluster.killOneThatComputes(WORKERS, random)) {
                kills.add(System.currentTimeMillis());
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (process.exitValue() != 0) {
            throw new IOException("The training failed with exit code " + process.exitValue() + " after " + kills.size()
                    + " kills. See its log above.");
        }
        return new Training(seconds, kills, TrainedRounds.of(model), parameters(model), SparkEvents.in(events));
    }

    private static boolean endsWithin(Process process, long begin, long seconds) throws InterruptedException {
        return process.waitFor(begin + TimeUnit.SECONDS.toNanos(seconds) - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private static List<String> arguments(Path model, int epochs, int spares) {
        return TrainedRounds.arguments(
                model,
                List.of(
                        "data.shards=" + LocalCluster.HDFS + "/shards",
                        "data.augment=pad-crop-flip",
                        "model.depth=" + DEPTH,
                        "train.epochs=" + epochs,
                        "train.batch-size-per-replica=" + BATCH,
                        "averaging.every=" + AVERAGED_EVERY,
                        "cluster.workers=" + WORKERS,
                        "cluster.spares=" + spares));
    }

    private static String parameters(Path model) throws IOException {
        try (Stream<String> lines = Files.lines(model.resolve("SHA256SUMS"))) {
            return lines.filter(line -> line.endsWith("  model.safetensors"))
                    .findFirst()
                    .orElseThrow()
                    .split(" ", 2)[0];
        }
    }

    private void printTitle(String pictures, int epochs, Training undisturbed) {
        report().put("network", "CIFAR ResNet-" + DEPTH)
                .put("pictures", pictures)
                .put("epochs", epochs)
                .put("batch", BATCH)
                .put("averagedEvery", AVERAGED_EVERY)
                .put("killEverySeconds", every)
                .put("undisturbedSeconds", undisturbed.seconds)
                .put("undisturbedMedianRoundSeconds", undisturbed.rounds.median("seconds"));
        table(
                "CIFAR ResNet-%d on %s, %d epoch%s, %d workers, an executor killed every %d s%n",
                DEPTH, pictures, epochs, epochs == 1 ? "" : "s", WORKERS, every);
        table(
                "%-22s %8.1f s   median round %.2f s%n",
                "undisturbed", undisturbed.seconds, undisturbed.rounds.median("seconds"));
    }

    private void print(String title, int epochs, Training undisturbed, Training disturbed, ArrayNode all) {
        boolean identical = undisturbed.parameters.equals(disturbed.parameters);
        boolean once = undisturbed.rounds.useEveryExampleOnce(epochs) && disturbed.rounds.useEveryExampleOnce(epochs);
        double median = disturbed.rounds.median("seconds");
        List<SparkEvents.Recovery> recoveries = disturbed.recoveries();
        ObjectNode node = all.addObject()
                .put("spare", title)
                .put("kills", disturbed.kills.size())
                .put("disturbedSeconds", disturbed.seconds)
                .put("goodput", undisturbed.seconds / disturbed.seconds)
                .put("identicalParameters", identical)
                .put("parametersSha256", disturbed.parameters)
                .put("everyExampleOnce", once)
                .put("medianRoundSeconds", median);
        table("%nwith %s%n", title);
        table("%-22s %8.1f s   %d executors killed%n", "disturbed", disturbed.seconds, disturbed.kills.size());
        table("%-22s %8.3f%n", "goodput", undisturbed.seconds / disturbed.seconds);
        table("%-22s %s   SHA-256 %s%n", "same parameters", identical ? "yes" : "NO", disturbed.parameters);
        table("%-22s %s%n", "every example once", once ? "yes" : "NO");
        putAfterKill(
                node.putArray("secondsUntilTaskRunsAgain"),
                "a task runs again",
                recoveries.stream().map(SparkEvents.Recovery::runsAgain).toList());
        putAfterKill(
                node.putArray("secondsUntilRoundEnds"),
                "the round ends",
                recoveries.stream().map(SparkEvents.Recovery::ended).toList());
        table("slowest rounds, of a median of %.2f s:%n", median);
        ArrayNode slowest = node.putArray("slowestRounds");
        for (JsonNode round : disturbed.slowest()) {
            slowest.add(round);
            table(
                    "  epoch %d, round %d: %.2f s%n",
                    round.get("epoch").asInt(), round.get("round").asInt(), Training.secondsOf(round));
        }
    }

    /** Kills that nothing followed are left out: they hit no task, or the end of the run. */
    private void putAfterKill(ArrayNode node, String what, List<OptionalDouble> afterKills) {
        List<Double> seconds = afterKills.stream()
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
                .toList();
        seconds.forEach(node::add);
        if (!seconds.isEmpty()) {
            table(
                    "%-22s %8.2f s after a kill (median of %d), at most %.2f s%n",
                    what, new Figures(seconds).median(), seconds.size(), Collections.max(seconds));
        }
    }
}
