package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.quickstart.PictureSet;
import io.github.resnetspark.message.data.ManifestFailures;
import io.github.resnetspark.message.data.PrepareNotices;
import io.github.resnetspark.message.data.SourceFailures;
import io.github.resnetspark.message.data.SourceReasons;
import io.github.resnetspark.message.data.VerifyNotices;
import io.github.resnetspark.message.job.CommandNotices;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandsIT {
    @TempDir
    private Path folder;

    private Path pictures;
    private Path shards;

    @BeforeEach
    void drawPictures() throws IOException {
        pictures = folder.resolve("pictures");
        shards = folder.resolve("shards");
        new PictureSet(4, 2, 1).write(pictures);
    }

    @Test
    void preparesOnceAndHasNothingToDoTheSecondTime() throws IOException {
        Console first = prepare("--json");
        assertThat(first.code()).isZero();
        assertThat(json(first))
                .hasToString("{\"written\":60,\"rejected\":0,\"shards\":2,\"kept\":0,"
                        + "\"train\":40,\"validation\":20,\"classes\":10,"
                        + "\"passedOver\":{},\"warnings\":[]}");

        Console second = prepare();
        assertThat(second.code()).isEqualTo(3);
        assertThat(second.out())
                .isEqualTo("Nothing to do: " + shards + " is complete: 60 pictures of 10 classes,"
                        + " 40 for training and 20 for validation, 0 rejected, 2 shards\n");
    }

    @Test
    void reportsSkippedFilesAndWarningsAgainIfThereIsNothingToDo() throws IOException {
        Files.writeString(pictures.resolve("train/star/notes.txt"), "mine");
        Files.move(pictures.resolve("train/star/0000.png"), pictures.resolve("train/star/.0000.png"));
        try (Stream<Path> stars = Files.list(pictures.resolve("validation/star"))) {
            for (Path star : stars.toList()) {
                Files.delete(star);
            }
        }
        String warning = PrepareNotices.classesWithoutValidation(List.of("star"), 10);
        for (int code : new int[] {0, 3}) {
            Console console = prepare("--json");

            assertThat(console.code()).isEqualTo(code);
            assertThat(json(console).get("passedOver")).hasToString("{\"hiddenFiles\":1,\"notPictures\":1}");
            assertThat(json(console).get("warnings").get(0).asText()).isEqualTo(warning);
        }
        assertThat(prepare().out())
                .endsWith("1 hidden file, " + SourceReasons.notPictures(1, List.of(".txt 1"), false) + "\n");
    }

    @Test
    void writesAPageWithRejectedPicturesAndMakesItAgainOnlyWhereItIsMissing() throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(ImageIO.read(pictures.resolve("train/star/0000.png").toFile()), "jpg", jpeg);
        // Most of it can still be seen.
        Files.write(pictures.resolve("train/star/broken.jpg"), Arrays.copyOf(jpeg.toByteArray(), jpeg.size() * 3 / 4));
        Path page = shards.resolve("report.html");

        assertThat(prepare("--set", "prepare.max-rejected=1").code()).isZero();
        String first = Files.readString(page);
        assertThat(first)
                .contains("Pictures as the network sees them", "In evaluation")
                .doesNotContain("<script");
        assertThat(first.substring(first.indexOf("Rejected pictures"))).contains("data:image/", "star/broken.jpg");
        try (Stream<Path> files = Files.list(shards)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("report.html", "manifest.json")
                    .noneMatch(name -> name.endsWith(".tmp"));
        }
        assertThat(Console.run("verify", "--shards", shards.toString()).code()).isZero();

        Files.delete(page);
        assertThat(prepare("--set", "prepare.max-rejected=1").code()).isEqualTo(3);
        assertThat(page).hasContent(first);

        Files.writeString(page, "mine");
        assertThat(prepare("--set", "prepare.max-rejected=1").code()).isEqualTo(3);
        assertThat(page).hasContent("mine");
    }

    @Test
    void aPageThatCannotBeWrittenDoesNotFailThePreparation() throws IOException {
        // A folder that is not empty is in the way.
        Files.createDirectories(shards.resolve("report.html/mine"));

        assertThat(prepare().code()).isZero();
        assertThat(Console.run("verify", "--shards", shards.toString()).code()).isZero();
    }

    @Test
    void verifiesWhatItPrepared() throws IOException {
        prepare();

        Console whole = Console.run("verify", "--shards", shards.toUri().toString(), "--json");
        assertThat(whole.code()).isZero();
        assertThat(json(whole).get("ok").asBoolean()).isTrue();
        assertThat(json(whole).get("examples").asInt()).isEqualTo(60);
        assertThat(json(whole).get("decoded").asInt()).isEqualTo(60);
    }

    @Test
    void failsOnATruncatedShard() throws IOException {
        prepare();
        Path shard = aTrainShard();
        long bytes = Files.size(shard);
        try (FileChannel channel = FileChannel.open(shard, StandardOpenOption.WRITE)) {
            channel.truncate(bytes - 100);
        }

        Console console = Console.run("verify", "--shards", shards.toString(), "--json");
        assertThat(console.code()).isEqualTo(1);
        assertThat(json(console).get("ok").asBoolean()).isFalse();
        assertThat(json(console).get("problems").get(0).asText())
                .isEqualTo(VerifyNotices.otherLength(shard.getFileName().toString(), bytes - 100, bytes));
    }

    @Test
    void theRemedyForAFlippedByteHelps() throws IOException {
        prepare();
        Path shard = aTrainShard();
        byte[] bytes = Files.readAllBytes(shard);
        bytes[bytes.length / 2] ^= 1;
        Files.write(shard, bytes);

        Console console = Console.run("verify", "--shards", shards.toString());
        assertThat(console.code()).isEqualTo(1);
        assertThat(console.out())
                .contains(VerifyNotices.otherSha256(shard.getFileName().toString()) + "\n")
                .endsWith(CommandNotices.prepareAgain() + "\n");

        assertThat(prepare().code()).isZero();
        assertThat(Console.run("verify", "--shards", shards.toString()).code()).isZero();
        assertThat(prepare().code()).isEqualTo(3);
    }

    @Test
    void refusesAMissingSourceAndWritesNothing() {
        Path missing = folder.resolve("missing");
        Console console =
                Console.run("prepare", "--set", "prepare.source=" + missing, "--set", "data.shards=" + shards);

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err()).isEqualTo(SourceFailures.missing("file:" + missing) + "\n");
        assertThat(shards).doesNotExist();
    }

    @Test
    void saysWhichPlacesAreMissing() {
        Console console = Console.run("prepare");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(
                        """
                        command line: prepare.source is not set. Add --set prepare.source=URI with the folder or archive of the pictures.
                        command line: data.shards is not set. Add --set data.shards=URI with the folder of the shards, e.g. file:/data/cifar10-shards.
                        """);
    }

    @Test
    void refusesToVerifyADirectoryWithoutShards() {
        Console console = Console.run("verify", "--shards", pictures.toString());

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err()).isEqualTo(ManifestFailures.missing("file:" + pictures, "manifest.json") + "\n");
    }

    private Console prepare(String... more) {
        String[] fixed = {"prepare", "--set", "prepare.source=" + pictures, "--set", "data.shards=" + shards};
        return Console.run(Stream.concat(Stream.of(fixed), Stream.of(more)).toArray(String[]::new));
    }

    private Path aTrainShard() throws IOException {
        try (Stream<Path> files = Files.list(shards)) {
            return files.filter(file -> file.getFileName().toString().matches("train-.*\\.parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static JsonNode json(Console console) throws IOException {
        return new ObjectMapper().readTree(console.out());
    }
}
