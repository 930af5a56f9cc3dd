package io.github.resnetspark.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resnetspark.message.model.BundleFailures;
import io.github.resnetspark.message.model.BundleReasons;
import io.github.resnetspark.message.model.NetworkFailures;
import io.github.resnetspark.message.model.RecipeReasons;
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
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
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
    void readsBackWhatItWrote() throws IOException {
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

        assertChanged(BundleReasons.otherChecksum(name));
    }

    @Test
    void namesEveryFileThatIsMissingChangedOrNotListed() throws IOException {
        Files.delete(model.resolve("labels.txt"));
        Files.writeString(model.resolve("metrics.json"), "{}");
        Files.writeString(model.resolve("notes.txt"), "mine");

        assertChanged(
                BundleReasons.missing("labels.txt"),
                BundleReasons.otherChecksum("metrics.json"),
                BundleReasons.notListed("notes.txt", "SHA256SUMS"));
    }

    @Test
    void refusesAChecksumListThatOmitsAFile() throws IOException {
        List<String> lines = Files.readAllLines(model.resolve("SHA256SUMS"));
        Files.write(model.resolve("SHA256SUMS"), lines.subList(1, lines.size()));

        assertChanged(BundleReasons.notListed("labels.txt", "SHA256SUMS"));
    }

    @Test
    void acceptsFurtherFilesIfTheyAreListed() throws IOException {
        Files.writeString(model.resolve("notes.md"), "# A small model\n");
        CheckSums.write(model);

        assertThat(Bundle.open(model).spec()).isEqualTo(Bundles.SPEC);
    }

    @Test
    void ignoresTheChecksumFilesOfHadoop() throws IOException {
        Files.write(model.resolve(".model.json.crc"), new byte[] {1});

        assertThat(Bundle.open(model).spec()).isEqualTo(Bundles.SPEC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../labels.txt", "/etc/passwd", "sub/labels.txt", "..", "labels.txt"})
    void refusesAChecksumListThatLeavesTheDirectoryOrRepeatsAName(String name) throws IOException {
        String line = "0".repeat(64) + "  " + name;
        Files.writeString(model.resolve("SHA256SUMS"), Files.readString(model.resolve("SHA256SUMS")) + line + "\n");

        assertRefused(BundleFailures.badChecksumLine(
                model.resolve("SHA256SUMS").toString(), BundleReasons.checksumLine(line)));
    }

    @Test
    void refusesADirectoryThatDoesNotExistOrIsNotAModel() throws IOException {
        Path nowhere = folder.resolve("nowhere");
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> Bundle.open(nowhere))
                .withMessage(BundleFailures.notADirectory(nowhere.toString()));

        Files.delete(model.resolve("SHA256SUMS"));
        assertRefused(BundleFailures.noChecksums(model.toString(), "SHA256SUMS"));
    }

    @Test
    void ignoresTheByteOrderMarkAndLineEndsThatAnEditorAdds() throws IOException {
        change("labels.txt", "\uFEFFcat, tabby\r\nHa\u0308uschen\r\n\r\n");

        assertThat(Bundle.open(model).labels()).containsExactly("cat, tabby", "H\u00e4uschen");
    }

    @Test
    void refusesAnotherNumberOfLabelsThanClasses() throws IOException {
        change("labels.txt", "cat\ndog\nhorse\n");

        assertInconsistent(BundleFailures.labelCount(3, 2));
    }

    @Test
    void refusesPreprocessingForAnotherInput() throws IOException {
        change(
                "preprocessing.json",
                Files.readString(model.resolve("preprocessing.json")).replace("\"cropSize\" : 8", "\"cropSize\" : 4"));

        assertInconsistent(BundleFailures.inputSize(4, 8));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void refusesADescriptionInAnotherFormatVersion(int version) throws IOException {
        changeDescription("\"formatVersion\" : 1", "\"formatVersion\" : " + version);

        assertRefused(BundleFailures.formatVersion(description(), Integer.toString(version), 2));
    }

    @Test
    void refusesADescriptionWithValuesThatItCannotRead() throws IOException {
        changeDescription("\"cifar\"", "\"vgg\"");
        assertRefusedDescription(BundleReasons.unusable(
                "network.family", "\"vgg\"", RecipeReasons.oneOf("imagenet, cifar, cifar-resnet18")));

        changeDescription("\"vgg\"", "\"cifar\"");
        changeDescription("\"depth\" : 8", "\"depth\" : \"8\"");
        assertRefusedDescription(BundleReasons.unusable("network.depth", "\"8\"", RecipeReasons.wholeNumber()));
    }

    @Test
    void refusesVariantDOfTheFirstFormatVersion() throws IOException {
        changeDescription("\"variant\" : \"v1\"", "\"variant\" : \"d\"");

        assertRefusedDescription(BundleReasons.firstVariantD());
    }

    @Test
    void namesEveryFieldThatADescriptionLacks() throws IOException {
        change(
                "model.json",
                "{\"formatVersion\": 1, \"network\": {\"family\": \"cifar\", \"depth\": 8, \"block\":"
                        + " \"basic\", \"variant\": \"v1\", \"batchNorm\": true, \"zeroGamma\": false, \"input\": 8}}");

        assertRefusedDescription(BundleReasons.missing("network.shortcut"), BundleReasons.missing("network.classes"));
    }

    @Test
    void refusesADescriptionOfANetworkThatDoesNotExist() throws IOException {
        change("model.json", Files.readString(model.resolve("model.json")).replace("\"depth\" : 8", "\"depth\" : 9"));

        assertRefused(BundleFailures.impossibleNetwork(
                description(), NetworkFailures.depthOfCifar(9, 6, "", List.of(20, 32, 44, 56, 110), 20)));
    }

    @Test
    void refusesADescriptionThatIsNotJson() throws IOException {
        change("model.json", "depth = 8");

        assertRefused(BundleFailures.unreadableDescription(description()));
    }

    @Test
    void refusesMetricsThatAreNotAnObject() throws IOException {
        change("metrics.json", "[1]");

        assertInconsistent(BundleFailures.notAJsonObject("metrics.json"));
    }

    @Test
    void refusesAZipEntryWithAPathToTheOutside() throws IOException {
        zip("configuration.json", "coefficients.bin", "../../evil.sh");

        assertRefused(BundleFailures.zipEntries(
                networkFile(),
                List.of("../../evil.sh", "coefficients.bin", "configuration.json"),
                List.of("coefficients.bin", "configuration.json")));
    }

    @Test
    void refusesANetworkFileThatIsNotAZip() throws IOException {
        change("model.dl4j.zip", "weights");

        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> Bundle.open(model))
                .withMessageStartingWith(networkFile() + " is not a zip file (")
                .withMessageEndingWith("). Export the model again.");
    }

    @Test
    void refusesTruncatedWeights() throws IOException {
        zip("configuration.json", "coefficients.bin");
        Bundle bundle = Bundle.open(model);

        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(bundle::network)
                .withMessage(BundleFailures.truncatedWeights(networkFile()));
    }

    @Test
    void neverReadsTheConfigurationOfAnUntrustedFile() throws IOException {
        byte[] weights;
        try (ZipFile zip = new ZipFile(model.resolve("model.dl4j.zip").toFile())) {
            weights = zip.getInputStream(zip.getEntry("coefficients.bin")).readAllBytes();
        }
        String hostile = "{\"@class\": \"org.example.Hostile\"}";
        zip(Map.of("configuration.json", hostile.getBytes(StandardCharsets.UTF_8), "coefficients.bin", weights));

        assertThat(Bundle.open(model).network().params()).isEqualTo(network.params());
    }

    @Test
    void allocatesNoMemoryForALengthThatAFileOnlyDeclares() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF("MIXED_DATA_TYPES");
        out.writeLong(1L << 40);
        out.writeUTF("LONG");
        zip(Map.of("configuration.json", new byte[0], "coefficients.bin", bytes.toByteArray()));
        Bundle bundle = Bundle.open(model);

        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(bundle::network)
                .withMessage(otherWeights(BundleReasons.otherArray("a shape", 1L << 40, "LONG", 6, "LONG")));
    }

    @Test
    void refusesWeightsOfAnotherNetwork() throws IOException {
        ComputationGraph other = ResNet.create(ResNetSpec.cifar(8, Shortcut.A, 3), 1);
        ModelSerializer.writeModel(other, model.resolve("model.dl4j.zip").toFile(), false);
        CheckSums.write(model);
        Bundle bundle = Bundle.open(model);

        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(bundle::network)
                .withMessage(otherWeights(BundleReasons.parameterCount(other.numParams(), network.numParams())));
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

    private void changeDescription(String from, String to) throws IOException {
        change("model.json", Files.readString(model.resolve("model.json")).replace(from, to));
    }

    private String description() {
        return model.resolve("model.json").toString();
    }

    private String networkFile() {
        return model.resolve("model.dl4j.zip").toString();
    }

    private String otherWeights(String reason) {
        return BundleFailures.otherWeights(networkFile(), "CIFAR ResNet-8 (A)", 2, "model.json", reason);
    }

    private void assertChanged(String... reasons) {
        assertRefused(BundleFailures.changed(model.toString(), List.of(reasons)));
    }

    private void assertInconsistent(String problem) {
        assertRefused(BundleFailures.inconsistent(model.toString(), problem));
    }

    private void assertRefusedDescription(String... reasons) {
        assertRefused(BundleFailures.description(description(), List.of(reasons)));
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> Bundle.open(model))
                .withMessage(message);
    }
}
