package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.exchange.Spares;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The event log of a Spark application that has ended.
 *
 * @param events in order
 */
record SparkEvents(List<JsonNode> events) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What followed the loss of an executor.
     *
     * @param runsAgain seconds until a task was started again; empty if no task was lost
     * @param ended seconds until the job succeeded that was running, or the next one if none was
     */
    record Recovery(OptionalDouble runsAgain, OptionalDouble ended) {}

    /** Spark's options for writing the log. */
    static List<String> options(Path folder) {
        return List.of("--conf", "spark.eventLog.enabled=true", "--conf", "spark.eventLog.dir=" + folder.toUri());
    }

    /** The log in this folder, which has no other. */
    static SparkEvents in(Path folder) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            // A checksum is next to it.
            for (Path file : files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList()) {
                for (String line : Files.readString(file).lines().toList()) {
                    events.add(JSON.readTree(line));
                }
            }
        }
        return new SparkEvents(events);
    }

    /** What followed a loss at this time, in milliseconds since 1970. */
    Recovery after(long lost) {
        Set<Integer> jobs = new HashSet<>();
        Set<Integer> stages = new HashSet<>();
        events.stream()
                .filter(event -> is(event, "JobStart")
                        && event.path("Properties")
                                .path("spark.job.description")
                                .asText()
                                .equals(Spares.JOB_DESCRIPTION))
                .forEach(job -> {
                    jobs.add(job.path("Job ID").asInt());
                    job.path("Stage IDs").forEach(stage -> stages.add(stage.asInt()));
                });
        long ended = events.stream()
                .filter(event -> is(event, "JobEnd")
                        && !jobs.contains(event.path("Job ID").asInt())
                        && event.path("Job Result").path("Result").asText().equals("JobSucceeded"))
                .mapToLong(event -> event.path("Completion Time").asLong())
                .filter(time -> time > lost)
                .min()
                .orElse(Long.MAX_VALUE);
        OptionalDouble runsAgain = events.stream()
                .filter(event -> is(event, "TaskStart")
                        && !stages.contains(event.path("Stage ID").asInt())
                        && event.path("Stage Attempt ID").asInt()
                                        + event.path("Task Info")
                                                .path("Attempt")
                                                .asInt()
                                > 0)
                .mapToLong(event -> event.path("Task Info").path("Launch Time").asLong())
                .filter(time -> time > lost && time < ended)
                .mapToDouble(time -> (time - lost) / 1e3)
                .min();
        return new Recovery(
                runsAgain, ended == Long.MAX_VALUE ? OptionalDouble.empty() : OptionalDouble.of((ended - lost) / 1e3));
    }

    private static boolean is(JsonNode event, String kind) {
        return event.path("Event").asText().equals("SparkListener" + kind);
    }
}
