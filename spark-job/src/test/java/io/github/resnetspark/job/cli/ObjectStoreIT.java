package io.github.resnetspark.job.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.LocalHdfs;
import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.job.quickstart.PictureSet;
import io.github.resnetspark.message.data.StorageFailures;
import io.github.resnetspark.message.job.RegistryFailures;
import io.github.resnetspark.message.model.BundleFailures;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Shards and models on a real S3 server, the run's own files on a real HDFS. */
@Tag("local-cluster")
@EnabledIf(
        value = "io.github.resnetspark.job.ThisBuild#isForSpark3",
        disabledReason = "The build collects the S3 client of Spark 3.5 only.")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObjectStoreIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHARDS = "s3a://bucket/shards";
    private static final String MODEL = "s3a://bucket/models/a";

    @TempDir
    static Path folder;

    private static S3Server s3;
    private static LocalHdfs hdfs;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        s3 = S3Server.start(folder);
        hdfs = LocalHdfs.open(folder);
        s3.settings().forEach(System::setProperty);
        new PictureSet(20, 5, 3).write(folder.resolve("pictures"));
    }

    @AfterAll
    static void stop() {
        s3.settings().keySet().forEach(System::clearProperty);
        hdfs.close();
        s3.close();
    }

    private static Console run(String command, String... more) {
        return Console.run(Stream.concat(
                        Stream.of(
                                command,
                                "--conf",
                                Path.of("..", "conf", "quickstart.conf").toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private static Console prepare(String source, String shards) {
        return run("prepare", "--set", "prepare.source=" + source, "--set", "data.shards=" + shards);
    }

    private static Console train(String shards, String model, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--set",
                "data.shards=" + shards,
                "--set",
                "model.dir=" + model,
                "--set",
                "train.epochs=2",
                "--set",
                "averaging.every=2"));
        arguments.addAll(List.of(more));
        return run("train", arguments.toArray(String[]::new));
    }

    private static String runDirectory() throws IOException {
        return hdfs.files().getUri() + "/runs/a";
    }

    @Test
    @Order(1)
    void preparesAndVerifiesTheSameShardsAsOnADisk() throws IOException {
        Console prepared = prepare(folder.resolve("pictures").toUri().toString(), SHARDS);
        assertThat(prepared.code()).as(prepared.err()).isZero();
        Console onDisk = prepare(
                folder.resolve("pictures").toUri().toString(),
                folder.resolve("shards").toUri().toString());
        assertThat(onDisk.code()).as(onDisk.err()).isZero();

        assertThat(names(s3.bucket().resolve("shards"))).isEqualTo(names(folder.resolve("shards")));
        assertThat(checksums(s3.bucket().resolve("shards"))).isEqualTo(checksums(folder.resolve("shards")));
        assertThat(run("verify", "--shards", SHARDS).code()).isZero();
        assertThat(prepare(folder.resolve("pictures").toUri().toString(), SHARDS)
                        .code())
                .isEqualTo(3);
    }

    @Test
    @Order(2)
    void preparesPicturesThatAreInTheStore() throws IOException {
        // One by one: Hadoop's own copy of a whole folder waits for itself.
        try (Stream<Path> pictures = Files.walk(folder.resolve("pictures"))) {
            for (Path picture : pictures.filter(Files::isRegularFile).toList()) {
                try (OutputStream out = bucket().create(new org.apache.hadoop.fs.Path(
                        "s3a://bucket/pictures/" + folder.resolve("pictures").relativize(picture)))) {
                    Files.copy(picture, out);
                }
            }
        }

        Console prepared = prepare("s3a://bucket/pictures", "s3a://bucket/again");

        assertThat(prepared.code()).as(prepared.err()).isZero();
        assertThat(run("verify", "--shards", "s3a://bucket/again").code()).isZero();
        for (String equal : List.of("splits", "channels", "classNames")) {
            assertThat(manifest(s3.bucket().resolve("again")).get(equal))
                    .isNotNull()
                    .isEqualTo(manifest(folder.resolve("shards")).get(equal));
        }
    }

    @Test
    @Order(3)
    void trainsAModelAsOnADiskAndUsesIt() throws IOException {
        put(MODEL + "/labels.txt", "somebody else's");
        Console refused = train(SHARDS, MODEL, "--set", "checkpoint.dir=" + runDirectory());
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains(BundleFailures.notEmpty(MODEL));
        // Now it looks like a run that was killed while it wrote the model.
        put(MODEL + "/model.dl4j.zip", "half");

        Console trained = train(SHARDS, MODEL, "--set", "checkpoint.dir=" + runDirectory());
        assertThat(trained.code()).as(trained.err()).isZero();
        Console onDisk = train(
                folder.resolve("shards").toUri().toString(),
                folder.resolve("model").toUri().toString());
        assertThat(onDisk.code()).as(onDisk.err()).isZero();

        assertThat(names(s3.bucket().resolve("models"))).containsExactly("a");
        assertThat(names(s3.bucket().resolve("models/a"))).isEqualTo(names(folder.resolve("model")));
        assertThat(s3.bucket().resolve("models/a/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("model/model.safetensors"));
        assertThat(hdfs.files().exists(new org.apache.hadoop.fs.Path(runDirectory(), "metrics.jsonl")))
                .isTrue();
        assertThat(train(SHARDS, MODEL, "--set", "checkpoint.dir=" + runDirectory())
                        .code())
                .isEqualTo(3);
        Console evaluated = run("evaluate", "--model", MODEL, "--shards", SHARDS, "--json");
        assertThat(evaluated.code()).as(evaluated.err()).isZero();
        JsonNode report = JSON.readTree(evaluated.out());
        assertThat(report.get("top1"))
                .isEqualTo(JSON.readTree(
                                s3.bucket().resolve("models/a/metrics.json").toFile())
                        .get("validation")
                        .get("top1"));
        Console exported = Console.run("export", "--model", MODEL, "--to", "s3a://bucket/models/exported");
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(names(s3.bucket().resolve("models"))).containsExactly("a", "exported");
    }

    @Test
    @Order(4)
    void repeatsAnInterruptedExportForTriton() throws IOException {
        put("s3a://bucket/triton/pets/config.pbtxt", "another configuration");
        Console refused = exportForTriton("1");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains(RegistryFailures.serverFileDiffers("s3a://bucket/triton/pets/config.pbtxt"));
        bucket().delete(new org.apache.hadoop.fs.Path("s3a://bucket/triton/pets/config.pbtxt"), false);
        assertThat(exportForTriton("1").code()).isZero();
        // As if it had been killed before the version, which is written last.
        bucket().delete(new org.apache.hadoop.fs.Path("s3a://bucket/triton/pets/1"), true);
        bucket().delete(new org.apache.hadoop.fs.Path("s3a://bucket/triton/pets/config.pbtxt"), false);

        assertThat(exportForTriton("1").code()).isZero();
        assertThat(exportForTriton("1").code()).isEqualTo(2);
        assertThat(exportForTriton("2").code()).isZero();

        assertThat(names(s3.bucket().resolve("triton/pets")))
                .containsExactly("1", "2", "config.pbtxt", "labels.txt", "preprocessing.json");
        assertThat(names(s3.bucket().resolve("triton/pets/2"))).containsExactly("model.onnx");
    }

    private static Console exportForTriton(String version) {
        return Console.run(
                "export",
                "--model",
                MODEL,
                "--to",
                "s3a://bucket/triton",
                "--layout",
                "triton",
                "--name",
                "pets",
                "--model-version",
                version);
    }

    private static void put(String file, String content) throws IOException {
        try (OutputStream out = bucket().create(new org.apache.hadoop.fs.Path(file))) {
            out.write(content.getBytes(UTF_8));
        }
    }

    @Test
    @Order(5)
    void refusesWhatNeedsLocksByName() {
        Console next = train(SHARDS, "s3a://bucket/models/b");
        assertThat(next.code()).isEqualTo(2);
        assertThat(next.err()).contains(StorageFailures.objectStore("dir", "s3a"), "checkpoint.dir");
        Console registry = run(
                "retrain",
                "--run-id",
                "x",
                "--set",
                "data.shards=" + SHARDS,
                "--set",
                "registry.dir=s3a://bucket/models",
                "--set",
                "registry.name=a");
        assertThat(registry.code()).isEqualTo(2);
        assertThat(registry.err()).contains(StorageFailures.objectStore("dir", "s3a"));
    }

    @Test
    @Order(6)
    void neverShowsTheSecret() {
        Console wrong = run("evaluate", "--model", "s3a://nowhere/models/a", "--shards", SHARDS);
        assertThat(wrong.code()).isNotZero();
        assertThat(wrong.err()).doesNotContain("secret-of-the-reader");
    }

    private static FileSystem bucket() throws IOException {
        return FileSystem.get(URI.create("s3a://bucket"), SparkStart.hadoopConfiguration());
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static JsonNode manifest(Path shards) throws IOException {
        return JSON.readTree(shards.resolve("manifest.json").toFile());
    }

    private static List<String> checksums(Path shards) throws IOException {
        List<String> checksums = new ArrayList<>();
        manifest(shards)
                .get("shards")
                .forEach(shard -> checksums.add(shard.get("sha256").asText()));
        return checksums;
    }
}
