package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.bundle.BundleContents;
import io.github.resnetspark.bundle.BundleWriter;
import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.message.model.BundleFailures;
import io.github.resnetspark.message.model.BundleReasons;
import io.github.resnetspark.message.model.PictureNotices;
import io.github.resnetspark.message.model.PredictionNotices;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.predict.Candidate;
import io.github.resnetspark.predict.Predictor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResNetSpec SPEC = ResNetSpec.cifar(8, Shortcut.A, 7);

    @TempDir
    static Path folder;

    private static Path model;
    private static Path picture;
    private static Path broken;

    @BeforeAll
    static void write() throws IOException {
        model = folder.resolve("model");
        List<String> labels = IntStream.range(0, SPEC.classes())
                .mapToObj(label -> "class " + label)
                .toList();
        BundleWriter.write(
                model,
                new BundleContents(SPEC, labels, Preprocessing.of(32, Normalization.IMAGENET), "{}"),
                ResNet.create(SPEC, 1));
        picture = folder.resolve("picture.png");
        BufferedImage image = new BufferedImage(40, 50, BufferedImage.TYPE_INT_RGB);
        image.setRGB(20, 20, 0xff8000);
        ImageIO.write(image, "png", picture.toFile());
        broken = Files.writeString(folder.resolve("broken.jpg"), "no picture");
    }

    @Test
    void printsTheFiveMostProbableClasses() throws IOException {
        Console console = predict(picture.toString());

        assertThat(console.err()).isEmpty();
        assertThat(console.code()).isZero();
        StringBuilder expected = new StringBuilder(picture + "\n");
        for (Candidate candidate : top()) {
            expected.append(
                    String.format(Locale.ROOT, "  %6.2f %%  %s%n", 100 * candidate.probability(), candidate.label()));
        }
        assertThat(console.out()).isEqualTo(expected.toString()).hasLineCount(6);
    }

    @Test
    void printsJsonForScripts() throws IOException {
        Console console = predict("--json", picture.toString(), picture.toString());

        JsonNode report = JSON.readTree(console.out());
        assertThat(report).hasSize(2);
        assertThat(report.get(0)).isEqualTo(report.get(1));
        assertThat(report.get(0).fieldNames()).toIterable().containsExactly("path", "top");
        assertThat(report.get(0).get("path").asText()).isEqualTo(picture.toString());
        assertThat(report.get(0).get("top")).hasSize(5);
        Candidate best = top().get(0);
        assertThat(report.get(0).get("top").get(0).fieldNames()).toIterable().containsExactly("label", "probability");
        assertThat(report.get(0).get("top").get(0).get("label").asText()).isEqualTo(best.label());
        assertThat(report.get(0).get("top").get(0).get("probability").floatValue())
                .isEqualTo(best.probability());
    }

    @Test
    void reportsAnUnreadablePictureAndPredictsTheOthers() throws IOException {
        Path none = folder.resolve("none.png");

        Console console = predict("--top", "1", broken.toString(), picture.toString(), none.toString());

        assertThat(console.code()).isEqualTo(1);
        assertThat(console.out().lines())
                .containsExactly(
                        broken + ": " + PictureNotices.unknownFormat(),
                        picture.toString(),
                        String.format(
                                Locale.ROOT,
                                "  %6.2f %%  %s",
                                100 * top().get(0).probability(),
                                top().get(0).label()),
                        none + ": " + PredictionNotices.noSuchFile());
        JsonNode report = JSON.readTree(predict("--json", broken.toString()).out());
        assertThat(report.get(0).get("top")).isEmpty();
        assertThat(report.get(0).get("problem").asText()).isEqualTo(PictureNotices.unknownFormat());
    }

    @Test
    void refusesADamagedModelWithOneSentence() throws IOException {
        Path damaged = Files.createDirectory(folder.resolve("damaged"));
        try (Stream<Path> files = Files.list(model)) {
            for (Path file : files.toList()) {
                Files.copy(file, damaged.resolve(file.getFileName()));
            }
        }
        Files.writeString(damaged.resolve("labels.txt"), "cat\n");

        Console console = Console.run("predict", "--model", damaged.toString(), picture.toString());

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.out()).isEmpty();
        assertThat(console.err())
                .isEqualTo(
                        BundleFailures.changed(damaged.toString(), List.of(BundleReasons.otherChecksum("labels.txt")))
                                + "\n");
    }

    @Test
    void refusesTopZeroAndAMissingFile() {
        assertThat(predict("--top", "0", picture.toString()).err()).isEqualTo(CommandFailures.topTooSmall(0) + "\n");
        assertThat(predict().err())
                .isEqualTo("Missing required parameter: 'FILE'. Run resnet-spark predict --help to see its options.\n");
    }

    private static List<Candidate> top() throws IOException {
        try (Predictor predictor = Predictor.open(model)) {
            return predictor.predict(picture).top(5);
        }
    }

    private static Console predict(String... more) {
        return Console.run(Stream.concat(Stream.of("predict", "--model", model.toString()), Stream.of(more))
                .toArray(String[]::new));
    }
}
