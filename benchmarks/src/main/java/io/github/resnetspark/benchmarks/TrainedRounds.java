package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.cli.ResNetSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Consecutive rounds of a run of {@code resnet-spark train}.
 *
 * @param rounds lines of its metrics
 */
record TrainedRounds(List<JsonNode> rounds) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A run without a new round for that long has stopped making progress. */
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(5);

    private static final Duration POLL = Duration.ofMillis(50);

    /** The phases of a round that tables show: fields of the metrics without the suffix {@code Seconds}. */
    static final List<String> PHASES =
            List.of("broadcast", "load", "compute", "wait", "serialize", "shuffle", "reduce", "driver");

    /** Reads counters while rounds go by. */
    @FunctionalInterface
    interface Probe {
        /** A probe that reads nothing. */
        Probe NONE = (process, rounds) -> {};

        /**
         * Called after the warm-up, and again at the end.
         *
         * @param process that trains
         * @param rounds number of rounds that are done
         */
        void read(Process process, int rounds) throws IOException, InterruptedException;
    }

    /**
     * Trains and stops after the warm-up and this number of rounds. The rounds of the warm-up are left out.
     *
     * @param settings each {@code section.key=value}, without {@code model.dir}
     * @param scratch its own folder
     */
    static TrainedRounds run(JavaProcess java, List<String> settings, int warmUp, int count, Path scratch)
            throws IOException, InterruptedException {
        return run(java, settings, warmUp, count, scratch, Probe.NONE);
    }

    /** The same, with a probe. */
    static TrainedRounds run(JavaProcess java, List<String> settings, int warmUp, int count, Path scratch, Probe probe)
            throws IOException, InterruptedException {
        Path model = scratch.resolve("model");
        return first(java.start(ResNetSpark.class, arguments(model, settings)), model, warmUp, count, probe);
    }

    /** The arguments of {@code resnet-spark} for a training with these settings. */
    static List<String> arguments(Path model, List<String> settings) {
        List<String> arguments = new ArrayList<>(List.of("train", "--set", "model.dir=" + model.toUri()));
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return arguments;
    }

    /** Ends the process of a training into this model directory after the warm-up and this number of rounds. */
    static TrainedRounds first(Process process, Path model, int warmUp, int count, Probe probe)
            throws IOException, InterruptedException {
        try {
            await(process, model, warmUp);
            probe.read(process, of(model).rounds.size());
            List<JsonNode> rounds = await(process, model, warmUp + count);
            probe.read(process, rounds.size());
            return new TrainedRounds(rounds.subList(warmUp, warmUp + count));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    /** Waits until a training into this model directory has done this number of rounds. */
    static List<JsonNode> await(Process process, Path model, int count) throws IOException, InterruptedException {
        List<JsonNode> rounds = of(model).rounds;
        Instant deadline = Instant.now().plus(LONGEST_ROUND);
        while (rounds.size() < count) {
            Thread.sleep(POLL.toMillis());
            boolean over = !process.isAlive() || Instant.now().isAfter(deadline);
            List<JsonNode> more = of(model).rounds;
            if (more.size() > rounds.size()) {
                deadline = Instant.now().plus(LONGEST_ROUND);
            }
            rounds = more;
            if (over && rounds.size() < count) {
                throw new IOException(
                        "The run ended after " + rounds.size() + " of " + count + " rounds. See its log above.");
            }
        }
        return rounds;
    }

    /** The median over the rounds. */
    double median(ToDoubleFunction<JsonNode> figure) {
        return new Figures(rounds.stream().mapToDouble(figure).boxed().toList()).median();
    }

    /** The median of one field. */
    double median(String field) {
        return median(round -> round.get(field).asDouble());
    }

    /** Whether these are all rounds of this number of epochs, each example of an epoch once. */
    boolean useEveryExampleOnce(int epochs) {
        int epoch = 1;
        long done = 0;
        for (JsonNode round : rounds) {
            long position = round.get("position").asLong();
            if (round.get("epoch").asInt() != epoch
                    || position != done + round.get("examples").asLong()) {
                return false;
            }
            boolean last = position == round.get("epochExamples").asLong();
            epoch += last ? 1 : 0;
            done = last ? 0 : position;
        }
        return done == 0 && epoch == epochs + 1;
    }

    /** Those of a training into this model directory that are done so far. */
    static TrainedRounds of(Path model) throws IOException {
        Path metrics = model.resolveSibling(model.getFileName() + ".run").resolve("metrics.jsonl");
        List<JsonNode> rounds = new ArrayList<>();
        if (Files.exists(metrics)) {
            for (String line : Files.readString(metrics).lines().toList()) {
                // A line without an end is still being written.
                if (line.endsWith("}") && line.contains("\"type\":\"round\"")) {
                    rounds.add(JSON.readTree(line));
                }
            }
        }
        return new TrainedRounds(rounds);
    }
}
