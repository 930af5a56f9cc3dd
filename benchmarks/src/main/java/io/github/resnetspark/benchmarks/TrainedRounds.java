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
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** The phases of a round that tables show: fields of the metrics without the suffix {@code Seconds}. */
    static final List<String> PHASES =
            List.of("broadcast", "load", "compute", "wait", "serialize", "shuffle", "reduce", "driver");

    /**
     * Trains and stops after the warm-up and this number of rounds. The rounds of the warm-up are left out.
     *
     * @param settings each {@code section.key=value}, without {@code model.dir}
     * @param scratch its own folder
     */
    static TrainedRounds run(JavaProcess java, List<String> settings, int warmUp, int count, Path scratch)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("train", "--set", "model.dir=" + scratch.resolve("model")));
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return first(java.start(ResNetSpark.class, arguments), scratch.resolve("model"), warmUp, count);
    }

    /** Ends the process of a training into this model directory after the warm-up and this number of rounds. */
    static TrainedRounds first(Process process, Path model, int warmUp, int count)
            throws IOException, InterruptedException {
        try {
            Instant deadline = Instant.now().plus(LONGEST);
            List<JsonNode> rounds = List.of();
            while (rounds.size() < warmUp + count) {
                Thread.sleep(50);
                boolean over = !process.isAlive() || Instant.now().isAfter(deadline);
                rounds = of(model).rounds;
                if (over && rounds.size() < warmUp + count) {
                    throw new IOException("The run ended after " + rounds.size() + " of " + (warmUp + count)
                            + " rounds. See its log above.");
                }
            }
            return new TrainedRounds(rounds.subList(warmUp, warmUp + count));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
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
