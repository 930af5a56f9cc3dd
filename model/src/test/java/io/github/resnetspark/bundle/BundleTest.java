package io.github.resnetspark.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resnetspark.message.model.NetworkFailures;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
    private static final String COPY_AGAIN = ". Copy the directory again from where it was written, all of it.";

    @TempDir
    static Path shared;

    private static ComputationGraph network;
    private static Path written;

    @TempDir
    Path folder;

    private Path model;

    @BeforeAll
    static void writeOnce() throws IOException {
        network = Bundles.network();
        written = shared.resolve("models/small");
        BundleWriter.write(written, Bundles.CONTENTS, network);
    }

    @BeforeEach
    void copy() throws IOException {
        model = folder.resolve("small");
        Files.createDirectory(model);
        for (String name : Bundles.fileNames(written)) {
            Files.copy(written.resolve(name), model.resolve(name));
        }
    }

    @Test
    void whatWasWrittenIsReadBack() throws IOException {
        Bundle bundle = Bundle.open(model);

        assertThat(bundle.directory()).isEqualTo(model);
        assertThat(bundle.spec()).isEqualTo(Bundles.SPEC);
        assertThat(bundle.labels()).containsExactly("cat, tabby", "Häuschen");
        assertThat(bundle.preprocessing()).isEqualTo(Bundles.CONTENTS.preprocessing());
        assertThat(bundle.metricsJson()).isEqualToIgnoringWhitespace(Bundles.CONTENTS.metricsJson());
        assertThat(bundle.network().params()).isEqualTo(network.params());
        assertThat(bundle.network()).hasSameClassAs(ResNet.create(Bundles.SPEC, 0));
        assertThat(bundle.network().getLayer("stem-conv")).hasSameClassAs(network.getLayer("stem-conv"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "labels.txt",
                "metrics.json",
                "model-card.md",
                "model.dl4j.zip",
                "model.json",
                "model.onnx",
                "model.safetensors",
                "preprocessing.json"
            })
    void refusesAFlippedByteInAnyFile(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(model.resolve(name));
        bytes[bytes.length / 2] ^= 1;
        Files.write(model.resolve(name), bytes);

        assertRefused(
                model + " is not the model that was written: " + name + " does not match its check sum" + COPY_AGAIN);
    }

    @Test
    void namesAllThatIsMissingChangedOrNotListed() throws IOException {
        Files.delete(model.resolve("labels.txt"));
        Files.writeString(model.resolve("metrics.json"), "{}");
        Files.writeString(model.resolve("notes.txt"), "mine");

        assertRefused(model + " is not the model that was written: labels.txt is missing,"
                + " metrics.json does not match its check sum, notes.txt is not listed in SHA256SUMS" + COPY_AGAIN);
    }

    @Test
    void refusesCheckSumsThatLeaveAFileOut() throws IOException {
        List<String> lines = Files.readAllLines(model.resolve("SHA256SUMS"));
        Files.write(model.resolve("SHA256SUMS"), lines.subList(1, lines.size()));

        assertRefused(
                model + " is not the model that was written: labels.txt is not listed in SHA256SUMS" + COPY_AGAIN);
    }

    @Test
    void furtherFilesAreWelcomeOnceTheyAreListed() throws IOException {
        Files.writeString(model.resolve("notes.md"), "# A small model\n");
        CheckSums.write(model);

        assertThat(Bundle.open(model).spec()).isEqualTo(Bundles.SPEC);
    }

    @Test
    void hadoopsOwnCheckSumsBesideTheFilesDoNoHarm() throws IOException {
        Files.write(model.resolve(".model.json.crc"), new byte[] {1});

        assertThat(Bundle.open(model).spec()).isEqualTo(Bundles.SPEC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../labels.txt", "/etc/passwd", "sub/labels.txt", "..", "labels.txt"})
    void refusesCheckSumsThatReachOutsideOrRepeatAName(String name) throws IOException {
        String line = "0".repeat(64) + "  " + name;
        Files.writeString(model.resolve("SHA256SUMS"), Files.readString(model.resolve("SHA256SUMS")) + line + "\n");

        assertRefused(model.resolve("SHA256SUMS") + " holds the line «" + line
                + "», which names no file of the directory or one twice" + COPY_AGAIN);
    }

    @Test
    void refusesADirectoryThatIsNone() throws IOException {
        Path nowhere = folder.resolve("nowhere");
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> Bundle.open(nowhere))
                .withMessage(nowhere + " is not a directory. Give a model directory that train or import wrote.");

        Files.delete(model.resolve("SHA256SUMS"));
        assertRefused(model + " holds no SHA256SUMS, so it is no complete model."
                + " Give a model directory that train or import wrote.");
    }

    @Test
    void labelsAreTheSameWhateverEditorWroteThem() throws IOException {
        change("labels.txt", "\uFEFFcat, tabby\r\nHa\u0308uschen\r\n\r\n");

        assertThat(Bundle.open(model).labels()).containsExactly("cat, tabby", "H\u00e4uschen");
    }

    @Test
    void refusesAnotherNumberOfLabelsThanClasses() throws IOException {
        change("labels.txt", "cat\ndog\nhorse\n");

        assertRefused(model + " contradicts itself: there are 3 labels but the network tells 2 classes apart."
                + " Give one label for each class.");
    }

    @Test
    void refusesPreprocessingForAnotherInput() throws IOException {
        change(
                "preprocessing.json",
                Files.readString(model.resolve("preprocessing.json")).replace("\"cropSize\" : 8", "\"cropSize\" : 4"));

        assertRefused(
                model + " contradicts itself: the preprocessing makes pictures of 4 pixels but the network takes 8."
                        + " Make both the same.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"formatVersion\" : 1|\"formatVersion\" : 3|has the format version 3 but this release reads versions 1 to 2",
                "\"formatVersion\" : 1|\"formatVersion\" : 0|has the format version 0 but this release reads versions 1 to 2",
                "\"variant\" : \"v1\"|\"variant\" : \"d\"|the variant is d in format version 1, whose shortcuts averaged 3×3 windows"
                        + " instead of 2×2",
                "\"cifar\"|\"vgg\"|network.family is \"vgg\" but must be one of imagenet, cifar, cifar-resnet18",
                "\"depth\" : 8|\"depth\" : \"8\"|network.depth is \"8\" but must be a whole number",
            })
    void refusesADescriptionThatItCannotRead(String from, String to, String problem) throws IOException {
        change("model.json", Files.readString(model.resolve("model.json")).replace(from, to));

        assertRefused(model.resolve("model.json") + (problem.startsWith("has") ? " " : ": ") + problem
                + ". Export the model again, or use the release that wrote it.");
    }

    @Test
    void namesEveryFieldThatADescriptionLacks() throws IOException {
        change(
                "model.json",
                "{\"formatVersion\": 1, \"network\": {\"family\": \"cifar\", \"depth\": 8, \"block\":"
                        + " \"basic\", \"variant\": \"v1\", \"batchNorm\": true, \"zeroGamma\": false, \"input\": 8}}");

        assertRefused(model.resolve("model.json") + ": network.shortcut is missing, network.classes is missing."
                + " Export the model again, or use the release that wrote it.");
    }

    @Test
    void refusesADescriptionOfANetworkThatDoesNotExist() throws IOException {
        change("model.json", Files.readString(model.resolve("model.json")).replace("\"depth\" : 8", "\"depth\" : 9"));

        assertRefused(model.resolve("model.json") + " names no network: "
                + NetworkFailures.depthOfCifar(9, 6, "", List.of(20, 32, 44, 56, 110), 20));
    }

    @Test
    void refusesADescriptionThatIsNotJson() throws IOException {
        change("model.json", "depth = 8");

        assertRefused(model.resolve("model.json")
                + " is not a JSON object. Export the model again, or use the release that wrote it.");
    }

    @Test
    void refusesMetricsThatAreNoObject() throws IOException {
        change("metrics.json", "[1]");

        assertRefused(model + " contradicts itself: the metrics are not a JSON object. Give one JSON object.");
    }

    @Test
    void refusesAZipWithAPathOutOfIt() throws IOException {
        zip("configuration.json", "coefficients.bin", "../../evil.sh");

        assertRefused(
                model.resolve("model.dl4j.zip") + " holds [../../evil.sh, coefficients.bin, configuration.json] but"
                        + " a network file holds [coefficients.bin, configuration.json] and nothing else."
                        + " Export the model again.");
    }

    @Test
    void refusesANetworkFileThatIsNoZip() throws IOException {
        change("model.dl4j.zip", "weights");

        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> Bundle.open(model))
                .withMessageStartingWith(model.resolve("model.dl4j.zip") + " is not a zip file (")
                .withMessageEndingWith("). Export the model again.");
    }

    @Test
    void refusesWeightsThatAreCutOff() throws IOException {
        zip("configuration.json", "coefficients.bin");
        Bundle bundle = Bundle.open(model);

        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(bundle::network)
                .withMessage(model.resolve("model.dl4j.zip")
                        + " is cut off or damaged within its weights. Export the model again.");
    }

    @Test
    void neverReadsTheConfigurationOfAStrangersFile() throws IOException {
        byte[] weights;
        try (ZipFile zip = new ZipFile(model.resolve("model.dl4j.zip").toFile())) {
            weights = zip.getInputStream(zip.getEntry("coefficients.bin")).readAllBytes();
        }
        String hostile = "{\"@class\": \"org.example.Hostile\"}";
        zip(Map.of("configuration.json", hostile.getBytes(StandardCharsets.UTF_8), "coefficients.bin", weights));

        assertThat(Bundle.open(model).network().params()).isEqualTo(network.params());
    }

    @Test
    void takesNoMemoryForALengthThatAFileOnlyClaims() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF("MIXED_DATA_TYPES");
        out.writeLong(1L << 40);
        out.writeUTF("LONG");
        zip(Map.of("configuration.json", new byte[0], "coefficients.bin", bytes.toByteArray()));
        Bundle bundle = Bundle.open(model);

        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(bundle::network)
                .withMessage(
                        model.resolve("model.dl4j.zip") + " is no CIFAR ResNet-8 (A) with 2 classes, which model.json"
                                + " says it is: it holds a shape of 1099511627776 times LONG, not 6 times LONG."
                                + " Export the model again.");
    }

    @Test
    void refusesWeightsOfAnotherNetwork() throws IOException {
        ComputationGraph other = ResNet.create(ResNetSpec.cifar(8, Shortcut.A, 3), 1);
        ModelSerializer.writeModel(other, model.resolve("model.dl4j.zip").toFile(), false);
        CheckSums.write(model);
        Bundle bundle = Bundle.open(model);

        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(bundle::network)
                .withMessage(
                        model.resolve("model.dl4j.zip") + " is no CIFAR ResNet-8 (A) with 2 classes, which model.json"
                                + " says it is: it has " + other.numParams() + " parameters, not "
                                + network.numParams() + ". Export the model again.");
    }

    private void change(String name, String text) throws IOException {
        Files.writeString(model.resolve(name), text);
        CheckSums.write(model);
    }

    private void zip(String... names) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        for (String name : names) {
            entries.put(name, new byte[] {'{', '}'});
        }
        zip(entries);
    }

    private void zip(Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(model.resolve("model.dl4j.zip")))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        CheckSums.write(model);
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> Bundle.open(model))
                .withMessage(message);
    }
}
