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
 * The first rounds of a run of {@code resnet-spark train}, which is ended then.
 *
 * @param rounds lines of its metrics, without those that warm up
 */
record TrainedRounds(List<JsonNode> rounds) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** What of a round's time a table shows, as the metrics call it without «Seconds». */
    static final List<String> PHASES =
            List.of("broadcast", "load", "compute", "wait", "serialize", "shuffle", "reduce", "driver");

    /**
     * Runs so many rounds after those that warm up.
     *
     * @param settings each {@code section.key=value}, without {@code model.dir}
     * @param scratch a folder of its own
     */
    static TrainedRounds run(JavaProcess java, List<String> settings, int warmUp, int count, Path scratch)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("train", "--set", "model.dir=" + scratch.resolve("model")));
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        Process process = java.start(ResNetSpark.class, arguments);
        try {
            Path metrics = scratch.resolve("model.run").resolve("metrics.jsonl");
            Instant deadline = Instant.now().plus(LONGEST);
            List<JsonNode> rounds = List.of();
            while (rounds.size() < warmUp + count) {
                Thread.sleep(50);
                boolean over = !process.isAlive() || Instant.now().isAfter(deadline);
                rounds = read(metrics);
                if (over && rounds.size() < warmUp + count) {
                    throw new IOException("the run ended after " + rounds.size() + " of " + (warmUp + count)
                            + " rounds; its log is above");
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

    private static List<JsonNode> read(Path metrics) throws IOException {
        List<JsonNode> rounds = new ArrayList<>();
        if (Files.exists(metrics)) {
            for (String line : Files.readString(metrics).lines().toList()) {
                // A line that is being written has no end yet.
                if (line.endsWith("}") && line.contains("\"type\":\"round\"")) {
                    rounds.add(JSON.readTree(line));
                }
            }
        }
        return rounds;
    }
}
