package io.github.resnetspark.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.resnetspark.message.model.BundleFailures;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.onnx.OnnxException;
import io.github.resnetspark.onnx.OnnxOptions;
import io.github.resnetspark.weights.SafetensorsFile;
import io.github.resnetspark.weights.TorchWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleWriterTest {
    private final ComputationGraph network = Bundles.network();

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void write() throws IOException {
        model = folder.resolve("models/small");
        BundleWriter.write(model, Bundles.CONTENTS, network);
    }

    @Test
    void stockDl4jLoadsTheNetworkWithoutOurClasses() throws IOException {
        ComputationGraph stock = ModelSerializer.restoreComputationGraph(
                model.resolve("model.dl4j.zip").toFile());

        assertThat(stock.getConfiguration().toJson()).doesNotContain("resnetspark");
        float[] expected =
                network.outputSingle(Bundles.pictures()).dup('c').data().asFloat();
        float[] found = stock.outputSingle(Bundles.pictures()).dup('c').data().asFloat();
        assertThat(found).containsExactly(expected, offset(1e-5f));
    }

    @Test
    void writesExactlyTheSpecifiedFiles() throws IOException {
        assertThat(Bundles.fileNames(model))
                .containsExactly(
                        "SHA256SUMS",
                        "labels.txt",
                        "metrics.json",
                        "model-card.md",
                        "model.dl4j.zip",
                        "model.json",
                        "model.onnx",
                        "model.safetensors",
                        "preprocessing.json");
        assertThat(model.resolve("labels.txt")).hasContent("cat, tabby\nHäuschen\n");
        assertThat(model.resolve("model.json"))
                .hasContent(
                        """
                        {
                          "formatVersion" : 1,
                          "name" : "CIFAR ResNet-8 (A)",
                          "network" : {
                            "family" : "cifar",
                            "depth" : 8,
                            "block" : "basic",
                            "variant" : "v1",
                            "shortcut" : "A",
                            "batchNorm" : true,
                            "zeroGamma" : false,
                            "classes" : 2,
                            "input" : 8,
                            "initialization" : "he-fan-in"
                          }
                        }
                        """);
        assertThat(Bundles.fileNames(model.getParent())).containsExactly("small");
    }

    @Test
    void sortsTheChecksumsAndUsesTheFormatOfSha256sum() throws IOException {
        List<String> lines = Files.readAllLines(model.resolve("SHA256SUMS"));

        assertThat(lines).allMatch(line -> line.matches("[0-9a-f]{64}  [a-z0-9.-]+"));
        assertThat(lines.stream().map(line -> line.substring(66)))
                .containsExactly(
                        "labels.txt",
                        "metrics.json",
                        "model-card.md",
                        "model.dl4j.zip",
                        "model.json",
                        "model.onnx",
                        "model.safetensors",
                        "preprocessing.json");
    }

    @Test
    void writesTheProvenanceIfItIsKnown() throws IOException {
        Path known = folder.resolve("models/known");
        BundleWriter.write(known, Bundles.withProvenance("{\"command\": \"train\"}"), network);

        assertThat(known.resolve("provenance.json")).hasContent("{\"command\": \"train\"}\n");
        assertThat(Bundle.open(known).provenanceJson()).contains("{\"command\": \"train\"}\n");
        assertThat(Bundle.open(model).provenanceJson()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bundles.withProvenance("[]"))
                .withMessage(BundleFailures.notAJsonObject("provenance.json"));
    }

    @Test
    void writesTheSameWeightsForTorch() throws IOException {
        ComputationGraph again =
                TorchWeights.network(Bundles.SPEC, SafetensorsFile.read(model.resolve("model.safetensors")));

        assertThat(again.params()).isEqualTo(network.params());
    }

    @Test
    void neverOverwritesAModel() throws IOException {
        byte[] before = Files.readAllBytes(model.resolve("SHA256SUMS"));

        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> BundleWriter.write(model, Bundles.CONTENTS, network))
                .withMessage(BundleFailures.modelExists(model.toString()));
        assertThat(model.resolve("SHA256SUMS")).hasBinaryContent(before);
    }

    @Test
    void neverWritesIntoADirectoryThatIsNotEmpty() throws IOException {
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> BundleWriter.write(folder, Bundles.CONTENTS, network))
                .withMessage(BundleFailures.notEmpty(folder.toString()));
        Path file = Files.createFile(folder.resolve("file"));
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> BundleWriter.write(file, Bundles.CONTENTS, network))
                .withMessage(BundleFailures.notEmpty(file.toString()));
    }

    @Test
    void mayReplaceAnEmptyDirectory() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        BundleWriter.write(empty, Bundles.CONTENTS, network);

        assertThat(Bundle.open(empty).spec()).isEqualTo(Bundles.SPEC);
    }

    @Test
    void aFailedWriteLeavesNothingBehind() throws IOException {
        ComputationGraph other = ResNet.create(ResNetSpec.cifar(14, Shortcut.A, 3), 1);
        Path models = folder.resolve("others");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> BundleWriter.write(models.resolve("new"), Bundles.CONTENTS, other))
                .withMessage("The network is not a CIFAR ResNet-8 (A) with 2 classes: it lacks fc.");
        ComputationGraph deeper = ResNet.create(ResNetSpec.cifar(14, Shortcut.A, 2), 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BundleWriter.write(models.resolve("new"), Bundles.CONTENTS, deeper))
                .withMessage(
                        "The network is not a CIFAR ResNet-8 (A) with 2 classes: it has 172914 parameters, not 75250.");
        assertThat(Bundles.fileNames(models)).isEmpty();
    }

    @Test
    void leavesOutTheOnnxModelIfOnnxRuntimeDoesNotReproduceTheLogits() throws IOException {
        network.getLayer("fc").getParam("b").putScalar(0, Float.NaN);
        Path confirmed = folder.resolve("models/confirmed");
        OnnxOptions options = OnnxOptions.asTrained(Bundles.CONTENTS.preprocessing());

        BundleWriter.write(folder.resolve("models/other"), Bundles.CONTENTS, network);
        assertThat(Bundles.fileNames(folder.resolve("models/other"))).doesNotContain("model.onnx");
        assertThat(Bundle.open(folder.resolve("models/other")).labels()).hasSize(2);
        assertThatExceptionOfType(OnnxException.class)
                .isThrownBy(() -> BundleWriter.write(confirmed, Bundles.CONTENTS, network, options));
        assertThat(confirmed).doesNotExist();
    }

    @Test
    void refusesLabelsThatAreNotOneLineEach() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BundleContents(
                        Bundles.SPEC, List.of("cat", "d\nog"), Bundles.CONTENTS.preprocessing(), "{}"))
                .withMessage(BundleFailures.labelOfSeveralLines("d\nog"));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new BundleContents(Bundles.SPEC, List.of("cat", " "), Bundles.CONTENTS.preprocessing(), "{}"))
                .withMessage(BundleFailures.labelOfSeveralLines(""));
    }
}
