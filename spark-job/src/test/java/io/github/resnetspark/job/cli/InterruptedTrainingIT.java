package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.metrics.MetricsLines;
import io.github.resnetspark.job.quickstart.PictureSet;
import io.github.resnetspark.job.tensorboard.EventRecords;
import io.github.resnetspark.message.job.CheckpointFailures;
import io.github.resnetspark.message.job.TrainingFailures;
import io.github.resnetspark.message.job.TrainingNotices;
import io.github.resnetspark.message.job.TrainingReasons;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that are killed. */
class InterruptedTrainingIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PICTURES = 240;
    private static final int ROUNDS = 15;

    @TempDir
    static Path shared;

    private static Path shards;
    /** What a finished run leaves in its run directory. */
    private static final String[] FILES = {
        "evaluation.json", "metrics.jsonl", "report.html", "tensorboard", "training.json"
    };

    private static byte[] undisturbed;

    @TempDir
    Path folder;

    @BeforeAll
    static void trainWithoutInterruption() throws Exception {
        new PictureSet(24, 4, 1).write(shared.resolve("pictures"));
        shards = shared.resolve("shards");
        prepare(shared.resolve("pictures"), shards);
        Path model = shared.resolve("model");
        TrainProcess process = TrainProcess.start(shared.resolve("undisturbed.log"), arguments(model));
        assertThat(process.exitCode()).as(process.said()).isZero();
        undisturbed = coefficients(model);
        assertThat(names(shared.resolve("model.run"))).containsExactly(FILES);
    }

    @Test
    void aKilledRunResumesBitIdenticallyEvenIfItsNewestCheckpointIsDamaged() throws Exception {
        Path model = folder.resolve("model");
        Path metrics = folder.resolve("model.run/metrics.jsonl");
        TrainProcess.start(folder.resolve("killed.log"), arguments(model))
                .awaitLines(metrics, ROUNDS + 9)
                .kill();
        assertThat(model).doesNotExist();
        Console status = Console.run("status", "--run", model.toUri().toString());
        assertThat(status.out())
                .as(status.err())
                .containsPattern("state +interrupted: process \\d+ on .*, was killed\\. Run the same command again")
                .containsPattern("checkpoint +after \\d epochs? and [0-9]+ pictures");
        Path checkpoints = folder.resolve("model.run/checkpoints");
        List<String> left = names(checkpoints).stream()
                .filter(name -> !name.startsWith("."))
                .toList();
        assertThat(left).hasSizeBetween(2, 3);
        String newest = left.get(left.size() - 1);
        Path damaged = checkpoints.resolve(newest).resolve("parameters.f32le");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[1000] ^= 1;
        Files.write(damaged, bytes);

        TrainProcess again = TrainProcess.start(folder.resolve("again.log"), arguments(model));

        assertThat(again.exitCode()).as(again.said()).isZero();
        assertThat(again.said())
                .contains(TrainingNotices.checkpointDamaged(
                        checkpoints.resolve(newest).toString(), TrainingReasons.wrongChecksum("parameters.f32le")))
                .contains(", from " + checkpoints.resolve(left.get(left.size() - 2)));
        assertThat(coefficients(model)).isEqualTo(undisturbed);
        assertEveryPictureIsCountedOncePerEpoch(metrics);
        assertEventsAreThoseOfOneRun(folder.resolve("model.run"));
        assertThat(names(folder.resolve("model.run"))).containsExactly(FILES);
        assertThat(Files.readAllLines(metrics).stream().filter(line -> line.startsWith("{\"type\":\"event\"")))
                .satisfiesExactly(
                        started -> assertThat(started).contains("\"what\":\"started\""),
                        resumed -> assertThat(resumed).contains("\"what\":\"resumed\"", "\"interrupted\":\"20"));
        assertThat(Files.readString(folder.resolve("model.run/report.html"))).contains("resumed 1 time.");
        assertThat(Console.run("status", "--run", model.toUri().toString(), "--json")
                        .out())
                .contains("\"state\":\"complete\"", "\"interruptions\":1");
    }

    @Test
    void aTerminatedDriverLeavesACheckpointThatOnlyTheSameRunResumes() throws Exception {
        Path model = folder.resolve("model");
        Path metrics = folder.resolve("model.run/metrics.jsonl");
        TrainProcess terminated = TrainProcess.start(folder.resolve("terminated.log"), arguments(model))
                .awaitLines(metrics, 2)
                .terminate();
        assertThat(terminated.exitCode()).as(terminated.said()).isEqualTo(1);
        List<String> left = names(folder.resolve("model.run/checkpoints"));
        String newest = left.get(left.size() - 1);
        int done = Integer.parseInt(newest.substring(newest.lastIndexOf('-') + 1));
        assertThat(done).isPositive().isLessThan(PICTURES);
        assertThat(terminated.said())
                .contains(TrainingNotices.stopping("SIGTERM"))
                .contains(TrainingFailures.stopped(
                                "SIGTERM",
                                0,
                                3,
                                done,
                                folder.resolve("model.run/checkpoints")
                                        .resolve(newest)
                                        .toString())
                        + "\n")
                .doesNotContain("Exception");

        rejectsAnotherRun(model);

        TrainProcess again = TrainProcess.start(folder.resolve("again.log"), arguments(model));
        assertThat(again.exitCode()).as(again.said()).isZero();
        assertThat(coefficients(model)).isEqualTo(undisturbed);
        assertEveryPictureIsCountedOncePerEpoch(metrics);
        assertEventsAreThoseOfOneRun(folder.resolve("model.run"));
    }

    private void rejectsAnotherRun(Path model) throws IOException {
        Path other = folder.resolve("other-shards");
        new PictureSet(24, 4, 2).write(folder.resolve("other"));
        prepare(folder.resolve("other"), other);

        Console console = Console.run(Stream.concat(
                        Stream.concat(Stream.of("train"), arguments(model).stream()),
                        Stream.of(
                                "--set",
                                "data.shards=" + other,
                                "--set",
                                "model.depth=14",
                                "--set",
                                "train.epochs=2",
                                "--set",
                                "cluster.workers=3",
                                "--set",
                                "cluster.replicas=2"))
                .toArray(String[]::new));

        String run = folder.resolve("model.run").toString();

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err().lines().toList())
                .hasSize(4)
                .contains(
                        CheckpointFailures.settingChanged("cluster.workers", "1", "3", run),
                        CheckpointFailures.settingChanged("model.depth", "8", "14", run),
                        CheckpointFailures.epochsLowered("train.epochs", "3", "2", run))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("The data set in data.shards is not the one that the run in " + run)
                        .containsPattern("SHA-256 [0-9a-f]{64}, not [0-9a-f]{64}\\.")
                        .contains("Set data.shards to the original data set"));
    }

    @Test
    void aSecondStartIsRejectedAndTheFirstRunIsBitIdentical() throws Exception {
        Path model = folder.resolve("model");
        Path metrics = folder.resolve("model.run/metrics.jsonl");
        TrainProcess first = TrainProcess.start(folder.resolve("first.log"), arguments(model))
                .awaitLines(metrics, 2)
                .pause();
        for (List<String> more : List.of(List.<String>of(), List.of("--fresh"))) {
            List<String> arguments = new ArrayList<>(arguments(model));
            arguments.addAll(more);
            TrainProcess second = TrainProcess.start(folder.resolve("second.log"), arguments);
            assertThat(second.exitCode()).as(second.said()).isEqualTo(1);
            assertThat(second.said())
                    .containsPattern("(?m)^Another run is training the model " + model + " \\(process " + first.pid()
                            + " on \\S+, since \\S+Z\\)\\. Wait until that run ends, or set model\\.dir to another"
                            + " location\\.\n$");
        }

        assertThat(first.goOn().exitCode()).as(first.said()).isZero();

        assertThat(coefficients(model)).isEqualTo(undisturbed);
        assertEveryPictureIsCountedOncePerEpoch(metrics);
        assertEventsAreThoseOfOneRun(folder.resolve("model.run"));
        assertThat(names(folder)).containsExactly("first.log", "model", "model.run", "second.log");
    }

    @Test
    void aRunThatLostItsLockStopsAfterTheRoundAndChangesNothing() throws Exception {
        Path model = folder.resolve("model");
        Path metrics = folder.resolve("model.run/metrics.jsonl");
        List<String> arguments = new ArrayList<>(arguments(model));
        arguments.addAll(List.of("--set", "checkpoint.every-rounds=1000"));
        TrainProcess process = TrainProcess.start(folder.resolve("lost.log"), arguments)
                .awaitLines(metrics, 2)
                .pause();
        Files.delete(folder.resolve("model.run.lock"));
        Files.move(folder.resolve("model.run"), folder.resolve("elsewhere"));

        assertThat(process.goOn().exitCode()).as(process.said()).isEqualTo(1);

        assertThat(process.said())
                .contains("model.run.lock: this process paused for so long")
                .doesNotContain("Exception");
        assertThat(names(folder)).containsExactly("elsewhere", "lost.log");
    }

    @Test
    void freshStartsOverAndKeepsTheOldRun() throws Exception {
        Path model = folder.resolve("model");
        TrainProcess.start(folder.resolve("killed.log"), arguments(model))
                .awaitLines(folder.resolve("model.run/metrics.jsonl"), 6)
                .kill();
        List<String> fresh = new ArrayList<>(arguments(model));
        fresh.add("--fresh");

        TrainProcess again = TrainProcess.start(folder.resolve("again.log"), fresh);

        assertThat(again.exitCode()).as(again.said()).isZero();
        assertThat(coefficients(model)).isEqualTo(undisturbed);
        assertThat(names(folder.resolve("model.run"))).containsExactly(FILES);
        assertThat(names(folder.resolve("model.run-1")))
                .contains("checkpoints", "metrics.jsonl", "tensorboard", "training.json");
        assertThat(names(folder.resolve("model.run-1/checkpoints"))).isNotEmpty();
    }

    @Test
    void aKilledExecutorDoesNotChangeTheResult() throws Exception {
        Path model = folder.resolve("model");
        Path metrics = folder.resolve("model.run/metrics.jsonl");
        TrainProcess process = TrainProcess.startOnCluster(
                        folder.resolve("cluster.log"), folder.resolve("spark"), arguments(model))
                .awaitLines(metrics, 5);
        long[] first =
                process.executors().mapToLong(ProcessHandle::pid).sorted().toArray();
        assertThat(first).hasSize(2);

        process.killAnExecutor();
        process.awaitLines(metrics, ROUNDS + 5);
        long[] later =
                process.executors().mapToLong(ProcessHandle::pid).sorted().toArray();

        assertThat(process.exitCode()).as(process.said()).isZero();
        assertThat(process.said()).contains("Lost executor");
        assertThat(later).isNotEmpty().isNotEqualTo(first);
        assertThat(coefficients(model)).isEqualTo(undisturbed);
        assertEveryPictureIsCountedOncePerEpoch(metrics);
        assertEventsAreThoseOfOneRun(folder.resolve("model.run"));
    }

    @Test
    void continuesWithTheRemainingWorkersIfTheRecipeAllowsIt() throws Exception {
        Path model = folder.resolve("model");
        Path metrics = folder.resolve("model.run/metrics.jsonl");
        List<String> elastic = new ArrayList<>(arguments(model));
        elastic.addAll(List.of("--set", "cluster.min-workers=1"));
        TrainProcess process = TrainProcess.startOnCluster(
                        folder.resolve("cluster.log"),
                        folder.resolve("spark"),
                        "local-cluster[2,1,1024]",
                        List.of(),
                        Map.of(),
                        elastic)
                .awaitLines(metrics, 5);

        process.killAnExecutorFor(() -> workers(metrics).contains(1));

        assertThat(process.exitCode()).as(process.said()).isZero();
        assertThat(workers(metrics)).as("workers of the rounds").contains(1, 2);
        assertEveryPictureIsCountedOncePerEpoch(metrics);
        assertEventsAreThoseOfOneRun(folder.resolve("model.run"));
    }

    @Test
    void aDriverTerminatedWhileWaitingForSlotsSavesEverything() throws Exception {
        Path model = folder.resolve("model");
        Path metrics = folder.resolve("model.run/metrics.jsonl");
        List<String> elastic = new ArrayList<>(arguments(model));
        elastic.addAll(List.of("--set", "cluster.max-workers=3", "--set", "checkpoint.every-rounds=1000"));
        TrainProcess process = TrainProcess.startOnCluster(
                        folder.resolve("cluster.log"),
                        folder.resolve("spark"),
                        "local-cluster[2,1,1024]",
                        List.of(),
                        Map.of(),
                        elastic)
                .awaitLines(metrics, 3);
        AtomicBoolean terminated = new AtomicBoolean();

        process.killAnExecutorFor(() -> {
            if (process.said().contains("Waiting for 2 task slots") && !terminated.getAndSet(true)) {
                process.terminate();
            }
            return process.said().contains("SIGTERM: ");
        });

        assertThat(process.exitCode()).as(process.said()).isEqualTo(1);
        if (process.said().contains(TrainingFailures.stoppedWithoutAverage("SIGTERM"))) {
            abort("the executor was killed in the moment before the driver had what it held");
        }
        int rounds = MetricsLines.figures(Files.readAllLines(metrics)).size();
        assertThat(rounds).isLessThan(ROUNDS);
        Path kept = folder.resolve(
                String.format(Locale.ROOT, "model.run/checkpoints/epoch-00000-example-%012d", 16 * rounds));
        assertThat(process.said()).contains(TrainingFailures.stopped("SIGTERM", 0, 3, 16L * rounds, kept.toString()));
        assertThat(kept.resolve("SHA256SUMS")).exists();
    }

    private static List<Integer> workers(Path metrics) throws IOException {
        List<Integer> workers = new ArrayList<>();
        for (String line : Files.readAllLines(metrics)) {
            if (line.endsWith("}") && line.contains("\"type\":\"round\"")) {
                workers.add(JSON.readTree(line).get("workers").asInt());
            }
        }
        return workers;
    }

    private static void assertEveryPictureIsCountedOncePerEpoch(Path metrics) throws IOException {
        Map<Integer, Integer> pictures = new TreeMap<>();
        int validations = 0;
        for (String line : MetricsLines.figures(Files.readAllLines(metrics))) {
            JsonNode json = JSON.readTree(line);
            if (json.get("type").asText().equals("round")) {
                pictures.merge(json.get("epoch").asInt(), json.get("examples").asInt(), Integer::sum);
            } else {
                validations++;
            }
        }
        assertThat(pictures).isEqualTo(Map.of(1, PICTURES, 2, PICTURES, 3, PICTURES));
        assertThat(validations).isEqualTo(3);
    }

    /** TensorBoard sees each round and each validation once, in order, and a run that is complete. */
    private static void assertEventsAreThoseOfOneRun(Path run) throws IOException {
        List<EventRecords.Read> records = EventRecords.ofRun(run);
        Map<String, List<EventRecords.Point>> scalars = EventRecords.scalars(records);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            lines.add(JSON.readTree(line));
        }
        assertThat(scalars.get("round/loss"))
                .isEqualTo(lines.stream()
                        .filter(line -> line.get("type").asText().equals("round"))
                        .map(line -> new EventRecords.Point(
                                (line.get("epoch").asLong() - 1) * PICTURES
                                        + line.get("position").asLong(),
                                (float) line.get("loss").asDouble()))
                        .toList());
        assertThat(scalars.get("validation/averaged/top1"))
                .extracting(EventRecords.Point::step)
                .containsExactly((long) PICTURES, 2L * PICTURES, 3L * PICTURES);
        assertThat(records.subList(1, records.size()))
                .extracting(EventRecords.Read::wallTime)
                .isSortedAccordingTo(Double::compare);
        assertThat(records.get(records.size() - 1).summary().getValue(0).getTag())
                .isEqualTo("_hparams_/session_end_info");
    }

    private static void prepare(Path pictures, Path to) {
        Console console = Console.run("prepare", "--set", "prepare.source=" + pictures, "--set", "data.shards=" + to);
        assertThat(console.code()).as(console.err()).isZero();
    }

    /** 15 rounds of 2 workers × 8 pictures in each of 3 epochs, and a checkpoint after every fourth round. */
    private static List<String> arguments(Path model) {
        return Stream.of(
                        "data.shards=" + shards,
                        "model.dir=" + model,
                        "model.depth=8",
                        "train.epochs=3",
                        "train.batch-size-per-replica=8",
                        "averaging.every=1",
                        "optimizer.warmup-epochs=1",
                        "checkpoint.every-rounds=4")
                .flatMap(setting -> Stream.of("--set", setting))
                .toList();
    }

    private static byte[] coefficients(Path model) throws IOException {
        try (ZipFile zip = new ZipFile(model.resolve("model.dl4j.zip").toFile());
                InputStream in = zip.getInputStream(zip.getEntry("coefficients.bin"))) {
            return in.readAllBytes();
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
