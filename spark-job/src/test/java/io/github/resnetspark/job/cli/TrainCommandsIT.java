package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.job.quickstart.PictureSet;
import io.github.resnetspark.message.data.PrepareNotices;
import io.github.resnetspark.message.data.ShardFailures;
import io.github.resnetspark.message.job.CheckpointFailures;
import io.github.resnetspark.message.job.CommandNotices;
import io.github.resnetspark.message.job.CommandReasons;
import io.github.resnetspark.message.job.PreflightFailures;
import io.github.resnetspark.message.job.TrainingFailures;
import io.github.resnetspark.message.model.BundleFailures;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardReader;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.ShardWriter;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path shared;

    private static Path shards;
    /** A trained model, which no test changes. */
    private static Path trained;

    @TempDir
    Path folder;

    @BeforeAll
    static void prepare() throws IOException {
        new PictureSet(12, 4, 1).write(shared.resolve("pictures"));
        shards = shared.resolve("shards");
        prepare(shared.resolve("pictures"), shards);
        trained = shared.resolve("trained");
        assertThat(train(shards, trained).code()).isZero();
    }

    @Test
    void evaluatingATrainedModelGivesItsOwnFigures() throws IOException {
        Path model = folder.resolve("model");

        Console trained = train(shards, model, "--json");

        assertThat(trained.err()).isEmpty();
        assertThat(trained.code()).isZero();
        JsonNode report = JSON.readTree(trained.out());
        assertThat(report.get("model").asText()).isEqualTo(model.toString());
        assertThat(report.get("training").get("examples").asInt()).isEqualTo(2 * 120);
        assertThat(filesOf(model))
                .containsExactly(
                        "SHA256SUMS",
                        "labels.txt",
                        "metrics.json",
                        "model-card.md",
                        "model.dl4j.zip",
                        "model.json",
                        "model.onnx",
                        "model.safetensors",
                        "preprocessing.json",
                        "provenance.json");
        assertThat(Files.readAllLines(model.resolve("labels.txt"))).hasSize(10).contains("star");
        JsonNode provenance = JSON.readTree(Files.readString(model.resolve("provenance.json")));
        assertThat(provenance.path("command").asText()).isEqualTo("train");
        assertThat(provenance.path("inputs").path("shards").asText()).isEqualTo(shards.toString());
        assertThat(provenance.path("settings").path("train.epochs").asText()).isEqualTo("2");
        ComputationGraph alone = ModelSerializer.restoreComputationGraph(
                model.resolve("model.dl4j.zip").toFile());
        assertThat(alone.getConfiguration().toJson()).doesNotContain("resnetspark");

        Console evaluated = Console.run(
                "evaluate",
                "--model",
                model.toString(),
                "--shards",
                shards.toString(),
                "--split",
                "validation",
                "--json");
        JsonNode figures =
                JSON.readTree(Files.readString(model.resolve("metrics.json"))).get("validation");
        JsonNode again = JSON.readTree(evaluated.out());
        assertThat(again.get("examples").asInt()).isEqualTo(40);
        assertThat(again.get("errors")).isEqualTo(figures.get("errors"));
        assertThat(again.get("top1").asDouble())
                .isEqualTo((40 - again.get("errors").asInt()) / 40.0);
        // Minibatches of other sizes differ in the last digits.
        assertThat(again.get("calibrationError").asDouble())
                .isCloseTo(figures.get("calibrationError").asDouble(), within(1e-6));
        assertThat(again.get("confusion")).isEqualTo(figures.get("confusion"));
        assertThat(again.get("classes")).isEqualTo(figures.get("classes")).hasSize(10);
        assertThat(again.get("data")).isEqualTo(figures.get("data"));
        assertThat(again.get("data").get("manifestSha256"))
                .isEqualTo(provenance.path("inputs").path("manifestSha256"));
        int right = 0;
        for (JsonNode ofClass : again.get("classes")) {
            assertThat(ofClass.get("examples").asInt()).isEqualTo(4);
            right += ofClass.get("correct").asInt();
        }
        assertThat(right).isEqualTo(40 - again.get("errors").asInt());
    }

    @Test
    void writesALineForEveryRoundAndEveryValidation() throws IOException {
        Path model = folder.resolve("model");

        train(shards, model);

        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("model.run/metrics.jsonl"))) {
            lines.add(JSON.readTree(line));
        }
        // 120 pictures in rounds of 2 workers x 4 minibatches x 8: two rounds and a validation in each of two epochs.
        assertThat(lines.stream().map(line -> line.get("type").asText()))
                .containsExactly("event", "round", "round", "validation", "round", "round", "validation");
        assertThat(lines.get(2).get("position").asInt()).isEqualTo(120);
        assertThat(lines.get(1).get("loss").asDouble()).isPositive();
    }

    @Test
    void aDryRunReportsResourcesAndTimeAndWritesNothing() throws IOException {
        Path model = folder.resolve("model");

        Console dry = train(shards, model, "--dry-run", "--json");

        assertThat(dry.code()).as(dry.err()).isZero();
        JsonNode report = JSON.readTree(dry.out());
        assertThat(report.get("ready").asBoolean()).isTrue();
        assertThat(report.get("workers").asInt()).isEqualTo(1);
        assertThat(report.get("replicasPerWorker").asInt()).isEqualTo(2);
        assertThat(report.get("slots").asInt()).isPositive();
        assertThat(report.get("coresPerSlot").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(report.get("executors")).hasSize(1);
        assertThat(report.get("executors").get(0).get("slots")).isEqualTo(report.get("slots"));
        assertThat(report.get("secondsPerEpoch").asDouble()).isPositive();
        assertThat(report.get("rounds").asInt()).isEqualTo(4);
        assertThat(filesOf(folder)).isEmpty();
        assertThat(train(shards, model, "--dry-run").out())
                .contains("executor driver on ")
                .containsPattern("a replica with minibatches of 8 needs about \\d+ MiB outside the heap")
                .containsPattern(
                        "a minibatch takes .* s and an averaging .* s: about .* per epoch and .* for all 2, with 4 rounds,")
                .endsWith(CommandNotices.readyToTrain("CIFAR ResNet-8 (A)") + "\n");
    }

    @Test
    void aDryRunReportsClassesWithTooFewPictures() throws IOException {
        Path scarce = folder.resolve("scarce");
        new PictureSet(2, 1, 1).write(scarce);
        Files.delete(scarce.resolve("train/star/0001.png"));
        deleteTree(scarce.resolve("validation"));
        prepare(scarce, folder.resolve("scarce-shards"));

        // 19 pictures are 2 minibatches for each worker.
        Console dry = train(
                folder.resolve("scarce-shards"),
                folder.resolve("model"),
                "--dry-run",
                "--json",
                "--set",
                "averaging.every=2");

        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(JSON.readTree(dry.out()).get("notes"))
                .extracting(JsonNode::asText)
                .contains(
                        PrepareNotices.classesWithOneTrainingPicture(List.of("star"), 10),
                        PrepareNotices.noValidation());
    }

    @Test
    void reportsProblemsOfTheClusterTogetherWithOthers() throws IOException {
        Console dry = train(
                shards,
                folder.resolve("model"),
                "--dry-run",
                "--set",
                "model.classes=7",
                "--set",
                "model.depth=1202",
                "--set",
                "train.batch-size-per-replica=4096");

        assertThat(dry.code()).isEqualTo(2);
        assertThat(dry.err().lines())
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("model.classes is 7 but the shards have 10 classes. Set model.classes = 10."))
                .contains(PreflightFailures.roundLongerThanEpoch("averaging.every", "4", 120, 8192, 1))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("The executors on ")
                        .contains(" may need ")
                        .contains(". Set train.batch-size-per-replica = "));
    }

    @Test
    void initialWeightsGetANewHeadIfTheClassesDiffer() throws IOException {
        Path fewer = folder.resolve("fewer");
        new PictureSet(12, 4, 1).write(fewer);
        deleteTree(fewer.resolve("train/star"));
        deleteTree(fewer.resolve("validation/star"));
        prepare(fewer, folder.resolve("fewer-shards"));

        Console second = train(
                folder.resolve("fewer-shards"),
                folder.resolve("second"),
                "--set",
                "model.classes=9",
                "--set",
                "optimizer.learning-rate=1e-12",
                "--init-from",
                trained.toString());

        assertThat(second.err()).isEmpty();
        assertThat(second.code()).isZero();
        ComputationGraph before = Bundle.open(trained).network();
        ComputationGraph after = Bundle.open(folder.resolve("second")).network();
        // The learning rate is so small that nothing changes: all layers but the last are those of the first model.
        assertThat(after.getParam("stage2-block1-conv1_W")).isEqualTo(before.getParam("stage2-block1-conv1_W"));
        assertThat(after.getParam("fc_W").shape()).containsExactly(64, 9);
    }

    @Test
    void comparesTheClassesOfModelsAndShardsByName() throws IOException {
        Path other = folder.resolve("other");
        new PictureSet(12, 4, 1).write(other);
        Files.move(other.resolve("train/star"), other.resolve("train/zebra"));
        Files.move(other.resolve("validation/star"), other.resolve("validation/zebra"));
        prepare(other, folder.resolve("other-shards"));
        String[] unmoved = {"--set", "optimizer.learning-rate=1e-12", "--init-from", trained.toString()};

        assertThat(train(folder.resolve("other-shards"), folder.resolve("zebra"), unmoved)
                        .code())
                .isZero();
        assertThat(train(shards, folder.resolve("same"), unmoved).code()).isZero();

        ComputationGraph before = Bundle.open(trained).network();
        ComputationGraph renamed = Bundle.open(folder.resolve("zebra")).network();
        assertThat(renamed.getParam("stem-conv_W")).isEqualTo(before.getParam("stem-conv_W"));
        assertThat(renamed.getParam("fc_W")).isNotEqualTo(before.getParam("fc_W"));
        assertThat(Bundle.open(folder.resolve("same")).network().getParam("fc_W"))
                .isEqualTo(before.getParam("fc_W"));

        List<String> labels = Files.readAllLines(trained.resolve("labels.txt"));
        String reversed = String.join(
                ",", labels.stream().sorted(Comparator.reverseOrder()).toList());
        Path permuted = folder.resolve("permuted");
        Console prepared = Console.run(
                "prepare",
                "--set",
                "prepare.source=" + shared.resolve("pictures"),
                "--set",
                "data.shards=" + permuted,
                "--set",
                "prepare.labels=[" + reversed + "]");
        assertThat(prepared.err()).isEmpty();
        Console evaluated = Console.run("evaluate", "--model", trained.toString(), "--shards", permuted.toString());
        assertThat(evaluated.code()).isEqualTo(2);
        assertThat(evaluated.err())
                .startsWith("The model and the shards have the same classes in a different order: class 0 is '"
                        + labels.get(0) + "' in the model and '");
    }

    @Test
    void rejectsAnInitialModelThatDoesNotFit() throws IOException {

        Console console =
                train(shards, folder.resolve("second"), "--set", "model.depth=14", "--init-from", trained.toString());

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(TrainingFailures.initialModelDoesNotFit(
                                trained.toString(),
                                "CIFAR ResNet-8 (A), whose layers do not fit a CIFAR ResNet-14 (A)"
                                        + " (12 layers differ, e.g. stage1-block2-conv1)")
                        + "\n");
        assertThat(folder.resolve("second")).doesNotExist();
    }

    @Test
    void repeatingAFinishedTrainingHasNothingToDo() throws IOException {
        Path model = folder.resolve("model");
        Console first = train(shards, model, "--json");
        byte[] before = Files.readAllBytes(model.resolve("SHA256SUMS"));

        Console again = train(shards, model, "--json");

        assertThat(again.code()).as(again.err()).isEqualTo(3);
        assertThat(JSON.readTree(again.out())).isEqualTo(JSON.readTree(first.out()));
        assertThat(train(shards, model).out()).isEqualTo(CommandNotices.alreadyTrained(model.toString()) + "\n");
        Console more = train(shards, model, "--set", "train.epochs=3");
        assertThat(more.code()).isEqualTo(2);
        String taken = BundleFailures.modelExists(model.toString()) + "\n";
        assertThat(more.err())
                .isEqualTo(taken + CheckpointFailures.modelSettingDiffers("train.epochs", "2", "3", model.toString())
                        + "\n");
        Console fresh = train(shards, model, "--fresh");
        assertThat(fresh.code()).isEqualTo(2);
        assertThat(fresh.err()).isEqualTo(taken);
        Path others = folder.resolve("others");
        new PictureSet(12, 4, 2).write(others);
        prepare(others, folder.resolve("other-shards"));
        Console otherData = train(folder.resolve("other-shards"), model);
        assertThat(otherData.code()).isEqualTo(2);
        assertThat(otherData.err())
                .matches(Pattern.quote(taken)
                        + "The data set in data\\.shards is not the one that the model in " + model
                        + " was trained on: its manifest has the SHA-256 \\w{64}, not \\w{64}\\. Set data\\.shards to the"
                        + " original data set, or set model\\.dir to another location\\.\n");
        assertThat(Files.readAllBytes(model.resolve("SHA256SUMS"))).isEqualTo(before);
        assertThat(filesOf(folder)).containsExactlyInAnyOrder("model", "model.run", "other-shards", "others");
    }

    @Test
    void reportsThreeProblemsAtOnceAndWritesNothing() throws IOException {
        byte[] before = Files.readAllBytes(trained.resolve("SHA256SUMS"));

        String none = folder.resolve("none").toString();
        Console console = train(shards, trained, "--set", "model.classes=7", "--init-from", none);

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(TrainingFailures.classCountsDiffer(7, 10) + "\n"
                        + BundleFailures.modelExists(trained.toString()) + "\n"
                        + CheckpointFailures.modelSettingDiffers("--init-from", "none", none, trained.toString()) + "\n"
                        + CheckpointFailures.modelSettingDiffers("model.classes", "10", "7", trained.toString()) + "\n"
                        // The default if training continues another model.
                        + CheckpointFailures.modelSettingDiffers(
                                "optimizer.learning-rate", "0.1", "0.01", trained.toString())
                        + "\n"
                        + BundleFailures.notADirectory(none) + "\n");
        assertThat(Files.readAllBytes(trained.resolve("SHA256SUMS"))).isEqualTo(before);
    }

    @Test
    void reportsATruncatedAndAMissingShardAtOnceAndLeavesNoFiles() throws IOException {
        Path broken = folder.resolve("broken");
        prepare(shared.resolve("pictures"), broken);
        Path shard = broken.resolve("train-00000-of-00001.parquet");
        try (RandomAccessFile file = new RandomAccessFile(shard.toFile(), "rw")) {
            file.setLength(file.length() - 1000);
        }
        Path missing = broken.resolve("validation-00000-of-00001.parquet");
        Files.delete(missing);

        Console console = train(broken, folder.resolve("model"));

        assertThat(console.code()).isEqualTo(2);
        String absent = ShardFailures.listedButMissing(missing.toString()) + "\n";
        assertThat(console.err())
                .isEqualTo(ShardFailures.otherLength(shard.toString(), Files.size(shard), Files.size(shard) + 1000)
                        + "\n" + absent);
        assertThat(filesOf(folder)).containsExactly("broken");

        Console evaluated = Console.run("evaluate", "--model", trained.toString(), "--shards", broken.toString());
        assertThat(evaluated.code()).isEqualTo(2);
        assertThat(evaluated.err()).isEqualTo(absent);
    }

    @Test
    void failsAtALabelThatIsNotInTheManifest() throws IOException {
        Path wrong = folder.resolve("wrong");
        prepare(shared.resolve("pictures"), wrong);
        ShardDirectory directory =
                new ShardDirectory(new org.apache.hadoop.fs.Path(wrong.toUri()), new Configuration());
        Manifest manifest = directory.readManifest();
        Manifest.Shard listed = manifest.shards(Split.TRAIN).get(0);
        Manifest.Shard rewritten = withLabel(99, directory, listed, manifest.classNames());
        String json = Files.readString(wrong.resolve("manifest.json"))
                .replace(listed.sha256(), rewritten.sha256())
                .replaceAll("\\b" + listed.bytes() + "\\b", Long.toString(rewritten.bytes()));
        Files.writeString(wrong.resolve("manifest.json"), json);

        Console console = train(wrong, folder.resolve("model"));

        assertThat(console.code()).isEqualTo(1);
        assertThat(console.err())
                .endsWith("train-00000-of-00001.parquet has the label 99 but the manifest has 10 classes."
                        + " Run verify to see which shards are damaged, then prepare the data set again.\n")
                .hasLineCount(1);
        assertThat(folder.resolve("model")).doesNotExist();
    }

    @Test
    void stopsWithADiagnosisIfTheLossIsNaN() {
        Console console = train(shards, folder.resolve("model"), "--set", "optimizer.learning-rate=1e30");

        assertThat(console.code()).isEqualTo(1);
        assertThat(console.err())
                .startsWith("Training diverged: the loss or a parameter became NaN or infinite in epoch 1, round ")
                .endsWith("Lower optimizer.learning-rate or lengthen optimizer.warmup-epochs,"
                        + " and check data.mean and data.std.\n")
                .hasLineCount(1);
        assertThat(folder.resolve("model")).doesNotExist();
    }

    @Test
    void rejectsEvaluatingAModelThatDoesNotExist() {
        Console console =
                Console.run("evaluate", "--model", folder.resolve("none").toString(), "--shards", shards.toString());

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(BundleFailures.notADirectory(folder.resolve("none").toString()) + "\n");
    }

    @Test
    void rejectsASplitThatDoesNotExist() {
        Console console = Console.run("evaluate", "--model", "m", "--shards", shards.toString(), "--split", "holdout");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo("Invalid value for option '--split': "
                        + CommandReasons.notOneOf("holdout", "train, validation")
                        + ". Run resnet-spark evaluate --help to see its options.\n");
    }

    /** Writes the shard again with this label for every picture. */
    private static Manifest.Shard withLabel(
            int label, ShardDirectory directory, Manifest.Shard shard, List<String> classNames) throws IOException {
        List<ShardRow> rows = new ArrayList<>();
        try (ShardReader reader = ShardReader.open(
                directory.file(shard.name()), directory.storage().configuration())) {
            for (int group = 0; group < shard.rowGroups().size(); group++) {
                rows.addAll(reader.readRowGroup(group));
            }
        }
        int rowGroup = shard.rowGroups().get(0);
        try (ShardWriter writer = new ShardWriter(directory, shard.name(), 0, classNames, rowGroup)) {
            for (ShardRow row : rows) {
                writer.write(new ShardRow(row.bytes(), row.path(), label, row.width(), row.height()));
            }
            return writer.commit(Map.of());
        }
    }

    private static void prepare(Path pictures, Path to) {
        Console console = Console.run("prepare", "--set", "prepare.source=" + pictures, "--set", "data.shards=" + to);
        assertThat(console.code()).as(console.err()).isZero();
    }

    private static Console train(Path from, Path model, String... more) {
        String[] fixed = {
            "train",
            "--set",
            "data.shards=" + from,
            "--set",
            "model.dir=" + model,
            "--set",
            "model.depth=8",
            "--set",
            "train.epochs=2",
            "--set",
            "train.batch-size-per-replica=8",
            "--set",
            "averaging.every=4",
            "--set",
            "optimizer.warmup-epochs=0"
        };
        return Console.run(Stream.concat(Stream.of(fixed), Stream.of(more)).toArray(String[]::new));
    }

    private static List<String> filesOf(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
