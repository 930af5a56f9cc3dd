package io.github.resnetspark.job.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.evaluate.Calibration;
import io.github.resnetspark.job.evaluate.ConfusionMatrix;
import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.evaluate.EvaluationReport;
import io.github.resnetspark.job.evaluate.NotablePictures;
import io.github.resnetspark.job.metrics.ReplicaMetrics;
import io.github.resnetspark.job.metrics.RoundMetrics;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.storage.Storage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;

class TensorBoardLogTest {
    private static final int EXAMPLES = 100;
    private static final TensorBoardLog.Run RUN = new TensorBoardLog.Run(
            new TreeMap<>(Map.of("train.epochs", "2", "averaging.every", "[8]", "model.shortcut", "a|b")),
            Instant.parse("2026-01-31T12:34:56.500Z"),
            EXAMPLES,
            16);

    @TempDir
    Path folder;

    private final Storage storage = Storage.of(new Configuration());

    @Test
    void everyFigureIsReadableAtOnceAndStepsCountPicturesOfAllEpochs() throws IOException {
        try (TensorBoardLog log = open(Position.START)) {
            log.onRound(round(1, 64));
            assertThat(points().get("round/loss")).containsExactly(new EventRecords.Point(64, 1.5f));
            log.onRound(round(1, EXAMPLES));
            log.onTrainingError(new TrainingListener.TrainingError(1, 10, 5, 0.625, 1.25, 0.1));
            log.onValidation(validation(1, ValidationMetrics.Parameters.AVERAGED));
            log.onValidation(validation(1, ValidationMetrics.Parameters.EMA));
            log.onRound(round(2, 64));
        }

        assertThat(points())
                .containsKeys(
                        "round/learningRate",
                        "round/imagesPerSecond",
                        "round/workers",
                        "seconds/round",
                        "seconds/broadcast",
                        "seconds/load",
                        "seconds/serialize",
                        "seconds/shuffle",
                        "seconds/reduce",
                        "seconds/driver",
                        "seconds/average")
                .containsEntry("round/minibatches", at(3, 64, 100, 164))
                .containsEntry("seconds/compute", at(0.5, 64, 100, 164))
                .containsEntry("seconds/wait", at(0.25, 64, 100, 164))
                .containsEntry("validation/averaged/top1", at(0.5, 100))
                .containsEntry("validation/averaged/top5", at(0.875, 100))
                .containsEntry("validation/averaged/loss", at(1.75, 100))
                .containsEntry("validation/ema/top1", at(0.5, 100))
                .containsEntry("training-error/top1", at(0.625, 100))
                .containsEntry("training-error/loss", at(1.25, 100));
        assertThat(points().get("round/epoch"))
                .extracting(EventRecords.Point::value)
                .containsExactly(0.64f, 1f, 1.64f);
    }

    @Test
    void beginsWithTheVersionAndTheSettings() throws IOException {
        open(Position.START).close();

        List<EventRecords.Read> records = records();
        assertThat(records.get(0).version()).isEqualTo("brain.Event:2");
        Summary.Value recipe = records.get(1).summary().getValue(0);
        assertThat(recipe.getMetadata().getPluginData().getPluginName()).isEqualTo("text");
        assertThat(recipe.getTensor().getStringVal(0).toStringUtf8())
                .contains("| `averaging.every` | `[8]` |\n| `model.shortcut` | `a\\|b` |\n| `train.epochs` | `2` |\n");
        Summary.Value start = records.get(2).summary().getValue(0);
        assertThat(start.getTag()).isEqualTo("_hparams_/session_start_info");
        assertThat(start.getMetadata().getPluginData().getPluginName()).isEqualTo("hparams");
        assertThat(records).hasSize(3);
    }

    @Test
    void aResumedRunGoesOnAfterItsPositionWithTheEarlierTimes() throws IOException {
        for (Position position : List.of(
                new Position(0, 64, 1),
                new Position(0, EXAMPLES, 2),
                Position.startOf(1),
                new Position(1, 64, 1),
                Position.startOf(2))) {
            twoEpochs();
            List<EventRecords.Read> before = records();

            try (TensorBoardLog log = open(position)) {
                log.onRound(round(position.epoch() + 1, position.example() + 5));
            }

            long steps = (long) position.epoch() * EXAMPLES + position.example();
            List<EventRecords.Read> after = records();
            List<EventRecords.Read> kept = before.stream()
                    .filter(record -> record.tag().startsWith("round/")
                            ? record.step() <= steps
                            : record.tag().startsWith("validation/")
                                    && record.step() <= (long) position.epoch() * EXAMPLES)
                    .toList();
            assertThat(kept).isNotEmpty();
            assertThat(after.subList(3, after.size() - 1))
                    .as("kept, continued from %s", position)
                    .isEqualTo(kept);
            assertThat(after.get(after.size() - 1).step()).isEqualTo(steps + 5);
            assertThat(after).extracting(EventRecords.Read::tag).doesNotContain("_hparams_/session_end_info");
        }
    }

    @Test
    void aRunThatStartsAgainDropsWhatIsThere() throws IOException {
        twoEpochs();

        open(Position.START).close();

        assertThat(records()).hasSize(3);
    }

    @Test
    void whatFollowsAnIncompleteOrDamagedRecordIsDropped() throws IOException {
        twoEpochs();
        byte[] whole = Files.readAllBytes(file());
        int records = records().size();
        for (int length : List.of(whole.length - 1, whole.length - 60, whole.length - 2)) {
            Files.write(file(), whole, StandardOpenOption.TRUNCATE_EXISTING);
            byte[] cut = Arrays.copyOf(whole, length);
            cut[length - 1] ^= 1;
            Files.write(file(), cut, StandardOpenOption.TRUNCATE_EXISTING);

            open(Position.startOf(2)).close();

            assertThat(records()).hasSizeBetween(records - 2, records);
            Files.delete(file());
            twoEpochs();
        }
    }

    @Test
    void severalFilesOfAKilledResumeBecomeOne() throws IOException {
        twoEpochs();
        Path newest = file();
        Files.copy(newest, newest.resolveSibling("events.out.tfevents.0000000001.resnet-spark"));
        Files.writeString(newest.resolveSibling("resumed.writing"), "half");

        open(Position.startOf(1)).close();

        assertThat(points().get("round/loss")).hasSize(2);
        assertThat(file().getFileName().toString())
                .isGreaterThan(newest.getFileName().toString());
    }

    @Test
    void aDirectoryThatCannotBeWrittenDoesNotStopTheTraining() throws IOException {
        Files.writeString(folder.resolve("tensorboard"), "a file");

        try (TensorBoardLog log = open(Position.START)) {
            log.onRound(round(1, 64));
            log.done(2, Optional.empty());
        }

        assertThat(folder.resolve("tensorboard")).hasContent("a file");
    }

    @Test
    void endsWithTheConfusionMatrix() throws IOException {
        ConfusionMatrix confusion = new ConfusionMatrix(new TreeMap<>(Map.of(
                new ConfusionMatrix.Cell(0, 0),
                3L,
                new ConfusionMatrix.Cell(0, 1),
                1L,
                new ConfusionMatrix.Cell(1, 1),
                2L)));
        EvaluationReport evaluation = new EvaluationReport(
                new EvaluationReport.EvaluatedData("shards", Split.VALIDATION, "aaaa"),
                List.of("cat", "dog"),
                new EvaluationCounts(6, 1, 0, 1.5, confusion, Calibration.NONE, mistake()));
        try (TensorBoardLog log = open(Position.START)) {
            log.done(2, Optional.of(evaluation));
        }

        List<EventRecords.Read> records = records();
        assertThat(records.get(5).tag()).isEqualTo("_hparams_/session_end_info");
        assertThat(records.get(4).tag()).isEqualTo("mistakes/01 cat, taken for dog (75.0 %)");
        assertThat(records.get(4).summary().getValue(0).getImage())
                .returns(2, Summary.Image::getWidth)
                .returns(3, Summary.Image::getHeight);
        assertThat(records.get(3).step()).isEqualTo(2 * EXAMPLES);
        Summary.Image image = records.get(3).summary().getValue(0).getImage();
        BufferedImage picture = ImageIO.read(
                new ByteArrayInputStream(image.getEncodedImageString().toByteArray()));
        assertThat(picture.getWidth()).isEqualTo(image.getWidth()).isEqualTo(500);
        assertThat(picture.getRGB(10, 10) & 0xFFFFFF).as("3 of 4").isEqualTo(0x5EC962);
        assertThat(picture.getRGB(490, 490) & 0xFFFFFF).as("2 of 2").isEqualTo(0xFDE725);
        assertThat(picture.getRGB(10, 490) & 0xFFFFFF).as("none of 2").isEqualTo(0x440154);
    }

    /** A cat that is taken for a dog, 2 pixels wide and 3 high. */
    private static NotablePictures mistake() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(2, 3, BufferedImage.TYPE_INT_RGB), "png", png);
        String thumbnail = "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
        return new NotablePictures(List.of(new NotablePictures.Notable(0, 1, 0.75f, thumbnail)), List.of());
    }

    private void twoEpochs() throws IOException {
        try (TensorBoardLog log = open(Position.START)) {
            for (int epoch = 1; epoch <= 2; epoch++) {
                log.onRound(round(epoch, 64));
                log.onRound(round(epoch, EXAMPLES));
                log.onValidation(validation(epoch, ValidationMetrics.Parameters.AVERAGED));
            }
            log.done(2, Optional.empty());
        }
    }

    private TensorBoardLog open(Position position) {
        return TensorBoardLog.open(
                storage,
                new org.apache.hadoop.fs.Path(folder.resolve("tensorboard").toUri()),
                RUN,
                position);
    }

    private List<EventRecords.Read> records() throws IOException {
        return EventRecords.ofRun(folder);
    }

    private Map<String, List<EventRecords.Point>> points() throws IOException {
        return EventRecords.scalars(records());
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tensorboard"))) {
            return files.max(Comparator.naturalOrder()).orElseThrow();
        }
    }

    private static List<EventRecords.Point> at(double value, long... steps) {
        return Arrays.stream(steps)
                .mapToObj(step -> new EventRecords.Point(step, (float) value))
                .toList();
    }

    private static ValidationMetrics validation(int epoch, ValidationMetrics.Parameters weights) {
        return new ValidationMetrics(epoch, weights, 10, 5, 0.5, 0.875, 1.75, true, 0.1);
    }

    private static RoundMetrics round(int epoch, long position) {
        return new RoundMetrics(
                epoch,
                1,
                position,
                EXAMPLES,
                64,
                2,
                32,
                1.5,
                0.1,
                100,
                0.6,
                0,
                0,
                0.5,
                0.25,
                0,
                0,
                0,
                0.1,
                0.1,
                800,
                List.of(),
                new ReplicaMetrics(
                        List.of(List.of(32L, 33L), List.of(16L)),
                        List.of(List.of(0.5, 0.5), List.of(0.25)),
                        List.of(List.of(0.0, 0.25), List.of(0.0))));
    }
}
