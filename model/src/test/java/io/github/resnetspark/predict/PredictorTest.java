package io.github.resnetspark.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleContents;
import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.bundle.BundleWriter;
import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.message.model.BundleFailures;
import io.github.resnetspark.message.model.BundleReasons;
import io.github.resnetspark.message.model.JpegReasons;
import io.github.resnetspark.message.model.PictureNotices;
import io.github.resnetspark.message.model.PredictionFailures;
import io.github.resnetspark.message.model.PredictionNotices;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.example.ClassifyPictures;
import org.example.FollowedModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class PredictorTest {
    private static final int SIDE = 8;
    private static final List<String> LABELS = List.of("ant", "bee", "cat", "dog", "elk", "fox");
    private static final ResNetSpec SPEC =
            new ResNetSpec(Family.CIFAR, 8, Block.BASIC, Variant.V1, Shortcut.B, true, false, LABELS.size(), SIDE);

    @TempDir
    static Path shared;

    private static Path model;
    private static Predictor predictor;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() throws IOException {
        model = shared.resolve("model");
        write(model, ResNet.create(SPEC, 3));
        predictor = Predictor.open(model);
    }

    @AfterAll
    static void close() {
        predictor.close();
    }

    @Test
    void equalsTheNetworkOnAPictureThatTheTestNormalises() throws IOException {
        byte[] picture = png(SIDE, SIDE, 1);

        float[] expected = Bundle.open(model)
                .network()
                .outputSingle(Nd4j.create(normalised(picture), new int[] {1, 3, SIDE, SIDE}, 'c'))
                .toFloatVector();

        assertThat(predictor.predict(picture).probabilities()).containsExactly(expected, within(1e-6f));
        assertThat(predictor.labels()).isEqualTo(LABELS);
        assertThat(predictor.preprocessing().inputSize()).isEqualTo(SIDE);
    }

    @Test
    void givesTheSameResultForAFileAndItsBytes() throws IOException {
        byte[] picture = png(20, 13, 2);
        Path file = Files.write(folder.resolve("picture"), picture);

        assertThat(predictor.predict(file).probabilities())
                .containsExactly(predictor.predict(picture).probabilities());
    }

    @Test
    void listsTheMostProbableClassesFirst() throws IOException {
        Prediction prediction = predictor.predict(png(SIDE, SIDE, 3));

        List<Candidate> top = prediction.top(5);

        assertThat(top).hasSize(5);
        assertThat(top.get(0)).isEqualTo(prediction.best());
        for (int i = 0; i < 5; i++) {
            Candidate candidate = top.get(i);
            assertThat(candidate.label()).isEqualTo(LABELS.get(candidate.index()));
            assertThat(candidate.probability()).isEqualTo(prediction.probabilities()[candidate.index()]);
            assertThat(i == 0 || top.get(i - 1).probability() >= candidate.probability())
                    .isTrue();
        }
        assertThat(prediction.top(100)).hasSize(6);
        assertThat(new Prediction(LABELS, 0.2f, 0.3f, 0.3f, 0.1f, 0.1f, 0).top(3))
                .extracting(Candidate::label)
                .containsExactly("bee", "cat", "ant");
    }

    @Test
    void theResultOfAPictureDoesNotDependOnTheOthersInItsBatch() throws IOException {
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            pictures.add(i == 40 ? new byte[] {1, 2, 3} : png(SIDE + i % 5, SIDE + i % 3, i));
        }

        List<PictureResult> results = predictor.predictAll(pictures);

        assertThat(results).hasSize(70);
        for (int i = 0; i < 70; i++) {
            if (i == 40) {
                assertThat(results.get(i).prediction()).isEmpty();
                assertThat(results.get(i).problem()).contains(PictureNotices.unknownFormat());
            } else {
                assertThat(results.get(i).problem()).isEmpty();
                assertThat(results.get(i).prediction().orElseThrow().probabilities())
                        .containsExactly(predictor.predict(pictures.get(i)).probabilities(), within(1e-5f));
            }
        }
    }

    @Test
    void reportsForEachFileWhyItCannotBeRead() throws IOException {
        Path cut = Files.write(folder.resolve("cut.png"), new ByteArrayInputStream(png(SIDE, SIDE, 1)).readNBytes(60));

        List<PictureResult> results = predictor.predictFiles(List.of(folder.resolve("none.jpg"), folder, cut));

        assertThat(results.get(0).problem()).contains(PredictionNotices.noSuchFile());
        assertThat(results.get(1).problem()).contains(PredictionNotices.directory());
        assertThat(predictor.predictFiles(List.of(Path.of("/dev/zero"))).get(0).problem())
                .contains(PredictionNotices.device());
        assertThat(results.get(2).problem().orElseThrow())
                .startsWith("The picture is ")
                .endsWith(".");
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> predictor.predict(folder.resolve("none.jpg")))
                .withMessage(PredictionNotices.noSuchFile());
        assertThat(predictor.predictAll(List.of())).isEmpty();
    }

    @Test
    void givesNoPredictionForATruncatedPicture() {
        byte[] jpeg = new ImageCodec().encodeJpeg(new RgbImage(64, 48, new byte[64 * 48 * 3]), 90);
        byte[] half = Arrays.copyOf(jpeg, jpeg.length - 6);
        half[half.length - 2] = (byte) 0xff;
        half[half.length - 1] = (byte) 0xd9;

        List<PictureResult> results = predictor.predictAll(List.of(jpeg, half));

        assertThat(results.get(0).problem()).isEmpty();
        assertThat(results.get(1).problem())
                .contains(PictureNotices.damagedJpeg(JpegReasons.atRow(JpegReasons.endsEarly(), 32, 48)));
    }

    @Test
    void givesManyThreadsTheSameResultsAsOne() throws Exception {
        int threads = 8;
        List<byte[]> pictures = new ArrayList<>();
        List<float[]> expected = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            pictures.add(png(SIDE, SIDE, 100 + i));
            expected.add(predictor.predict(pictures.get(i)).probabilities());
        }
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Boolean>> asking = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int own = i;
                asking.add(() -> {
                    for (int turn = 0; turn < 50; turn++) {
                        // It may run together with pictures of other threads.
                        assertThat(predictor.predict(pictures.get(own)).probabilities())
                                .containsExactly(expected.get(own), within(1e-5f));
                        // Use other batch shapes in between.
                        List<PictureResult> all = predictor.predictAll(pictures.subList(0, own + 1));
                        assertThat(all.get(own).prediction().orElseThrow().probabilities())
                                .containsExactly(expected.get(own), within(1e-5f));
                    }
                    return true;
                });
            }
            for (Future<Boolean> done : executor.invokeAll(asking, 60, TimeUnit.SECONDS)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void refusesToPredictOnceClosed() throws IOException {
        Predictor closed = Predictor.open(model);
        closed.close();
        closed.close();

        assertThatExceptionOfType(PredictionException.class)
                .isThrownBy(() -> closed.predict(png(SIDE, SIDE, 1)))
                .withMessage(PredictionFailures.closed());
    }

    @Test
    void anInterruptedThreadStaysInterruptedAndOthersAreNotAffected() throws IOException {
        byte[] picture = png(SIDE, SIDE, 1);
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(PredictionException.class)
                .isThrownBy(() -> predictor.predict(picture))
                .withMessage(PredictionFailures.interrupted());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(predictor.predict(picture).probabilities()).hasSize(6);
    }

    @Test
    void refusesADamagedModelDirectory() throws IOException {
        Path damaged = folder.resolve("damaged");
        write(damaged, ResNet.create(SPEC, 3));
        byte[] weights = Files.readAllBytes(damaged.resolve("model.dl4j.zip"));
        weights[weights.length / 3] ^= 4;
        Files.write(damaged.resolve("model.dl4j.zip"), weights);
        Files.delete(damaged.resolve("labels.txt"));

        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> Predictor.open(damaged))
                .withMessage(BundleFailures.changed(
                        damaged.toString(),
                        List.of(BundleReasons.missing("labels.txt"), BundleReasons.otherChecksum("model.dl4j.zip"))));
    }

    @Test
    void refusesAModelThatOutputsNan() throws IOException {
        ComputationGraph network = ResNet.create(SPEC, 3);
        network.getLayer("fc").getParam("b").putScalar(2, Float.NaN);
        Path diverged = folder.resolve("diverged");
        write(diverged, network);

        try (Predictor of = Predictor.open(diverged)) {
            assertThatExceptionOfType(PredictionException.class)
                    .isThrownBy(() -> of.predict(png(SIDE, SIDE, 1)))
                    .withMessage(PredictionFailures.notFinite());
        }
    }

    @Test
    void theExampleInTheDocumentationRuns() throws IOException {
        Path first = Files.write(folder.resolve("first.png"), png(SIDE, SIDE, 1));
        Path second = Files.writeString(folder.resolve("second.png"), "no picture");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        ClassifyPictures.classify(
                model, List.of(first, second), new PrintStream(printed, true, StandardCharsets.UTF_8));

        Candidate best = predictor.predict(first).best();
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        String.format(Locale.ROOT, "%s: %s (%.1f %%)", first, best.label(), 100 * best.probability()),
                        second + ": " + PictureNotices.unknownFormat());
        String source = Files.readString(Path.of("src/test/java/org/example/ClassifyPictures.java"));
        String shown = source.substring(source.indexOf("import io."));
        assertThat(Files.readString(Path.of("../docs/use-a-model.md"))).contains("```java\n" + shown + "```\n");
    }

    @Test
    void theServiceInTheDocumentationFollowsTheLink() throws Exception {
        Path other = folder.resolve("other");
        write(other, ResNet.create(SPEC, 4));
        Path link = Files.createSymbolicLink(folder.resolve("current"), model);
        byte[] picture = png(SIDE, SIDE, 1);
        try (FollowedModel followed = new FollowedModel(link);
                Predictor next = Predictor.open(other)) {
            float[] before = followed.predict(picture).probabilities();
            assertThat(followed.refresh()).isFalse();
            AtomicBoolean ended = new AtomicBoolean();
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<?> requests = thread.submit(() -> {
                    while (!ended.get()) {
                        followed.predict(picture);
                    }
                });
                Path aside = Files.createSymbolicLink(folder.resolve("aside"), other);
                Files.move(aside, link, StandardCopyOption.ATOMIC_MOVE);
                assertThat(followed.refresh()).isTrue();
                ended.set(true);
                requests.get();
            } finally {
                ended.set(true);
                thread.shutdown();
            }
            assertThat(before).containsExactly(predictor.predict(picture).probabilities(), within(1e-6f));
            assertThat(followed.predict(picture).probabilities())
                    .containsExactly(next.predict(picture).probabilities(), within(1e-6f))
                    .isNotEqualTo(before);
        }
        String source = Files.readString(Path.of("src/test/java/org/example/FollowedModel.java"));
        String shown = source.substring(source.indexOf("import io."));
        assertThat(Files.readString(Path.of("../docs/retraining.md"))).contains("```java\n" + shown + "```\n");
    }

    private static void write(Path directory, ComputationGraph network) throws IOException {
        BundleWriter.write(
                directory,
                new BundleContents(SPEC, LABELS, Preprocessing.of(SIDE, Normalization.IMAGENET), "{}"),
                network);
    }

    private static byte[] png(int width, int height, long seed) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    /** {@code (v / 255 − mean) / std} of a picture of the network's size, red plane first. */
    private static float[] normalised(byte[] png) throws IOException {
        double[] mean = {0.485, 0.456, 0.406};
        double[] std = {0.229, 0.224, 0.225};
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        float[] values = new float[3 * SIDE * SIDE];
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    int value = (image.getRGB(x, y) >> (8 * (2 - channel))) & 0xff;
                    values[(channel * SIDE + y) * SIDE + x] = (float) ((value / 255.0 - mean[channel]) / std[channel]);
                }
            }
        }
        return values;
    }
}
