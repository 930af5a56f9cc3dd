package io.github.resnetspark.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resnetspark.message.model.BundleFailures;
import io.github.resnetspark.message.model.OnnxFailures;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import io.github.resnetspark.onnx.OnnxModel;
import io.github.resnetspark.onnx.OnnxOptions;
import io.github.resnetspark.onnx.OnnxOptions.BatchNormForm;
import io.github.resnetspark.onnx.OnnxOptions.InputForm;
import io.github.resnetspark.onnx.OnnxOptions.OutputForm;
import io.github.resnetspark.weights.TorchWeights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.Onnx.ModelProto;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmokeTestTest {
    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void write() throws IOException {
        model = folder.resolve("small");
        BundleWriter.write(model, Bundles.CONTENTS, Bundles.network());
    }

    @Test
    void passesAModelWhoseFormsAllComputeTheSame() throws IOException {
        assertThat(SmokeTest.run(model)).containsExactly("model.dl4j.zip", "model.safetensors", "model.onnx");
    }

    @Test
    void passesAModelWhoseOnnxFormTakesPicturesAndIsFolded() throws IOException {
        OnnxOptions options = new OnnxOptions(
                Bundles.CONTENTS.preprocessing(), InputForm.PICTURES, OutputForm.LOGITS, BatchNormForm.FOLDED);
        OnnxModel.write(Bundles.network(), model.resolve("model.onnx"), options);
        CheckSums.write(model);

        assertThat(SmokeTest.run(model)).contains("model.onnx");
    }

    @Test
    void passesAModelThatHasTheRequiredFilesOnly() throws IOException {
        Files.delete(model.resolve("model.onnx"));
        Files.delete(model.resolve("model.safetensors"));
        CheckSums.write(model);

        assertThat(SmokeTest.run(model)).containsExactly("model.dl4j.zip");
    }

    @Test
    void refusesTorchWeightsOfAnotherNetwork() throws IOException {
        TorchWeights.write(model.resolve("model.safetensors"), Bundles.SPEC, otherNetwork());
        CheckSums.write(model);

        assertRefused(model.resolve("model.safetensors") + " does not compute the same as the model: for 8 pictures the"
                + " logits differ by up to ");
    }

    @Test
    void refusesAnOnnxModelOfAnotherNetwork() throws IOException {
        OnnxModel.write(
                otherNetwork(), model.resolve("model.onnx"), OnnxOptions.asTrained(Bundles.CONTENTS.preprocessing()));
        CheckSums.write(model);

        assertRefused(model.resolve("model.onnx") + " does not compute the same as the model: for 8 pictures the"
                + " logits differ by up to ");
    }

    @Test
    void refusesAnOnnxModelOfOtherClasses() throws IOException {
        ResNetSpec more = new ResNetSpec(Family.CIFAR, 8, Block.BASIC, Variant.V1, Shortcut.A, true, false, 7, 8);
        OnnxModel.write(
                ResNet.create(more, 1),
                model.resolve("model.onnx"),
                OnnxOptions.asTrained(Bundles.CONTENTS.preprocessing()));
        CheckSums.write(model);

        assertRefused(BundleFailures.doesNotLoad(
                model.resolve("model.onnx").toString(), OnnxFailures.logitCount(7, Bundles.SPEC.classes())));
    }

    @Test
    void refusesAnOnnxModelWithoutOutputs() throws IOException {
        Path onnx = model.resolve("model.onnx");
        try (InputStream in = Files.newInputStream(onnx)) {
            ModelProto.Builder silent = ModelProto.parseFrom(in).toBuilder();
            silent.getGraphBuilder().clearOutput();
            Files.write(onnx, silent.build().toByteArray());
        }
        CheckSums.write(model);

        assertRefused(BundleFailures.doesNotLoad(onnx.toString(), OnnxFailures.noInputOrOutput()));
    }

    @Test
    void refusesAFileThatIsNotAnOnnxModel() throws IOException {
        Files.writeString(model.resolve("model.onnx"), "nothing of the kind");
        CheckSums.write(model);

        assertRefused(model.resolve("model.onnx") + " does not load. ");
    }

    @Test
    void refusesANetworkWhoseLogitsAreNaN() throws IOException {
        Files.delete(model.resolve("model.onnx"));
        Files.delete(model.resolve("model.safetensors"));
        ComputationGraph broken = Bundles.network();
        // In a convolution, the next ReLU would turn it into 0.
        broken.getLayer(ResNet.HEAD).getParam("b").putScalar(0, Float.NaN);
        NetworkFile.write(model.resolve("model.dl4j.zip"), Bundles.SPEC, broken);
        CheckSums.write(model);

        assertRefused(model.resolve("model.dl4j.zip") + " does not compute the same as the model: ");
    }

    private static ComputationGraph otherNetwork() {
        return ResNet.create(Bundles.SPEC, 77);
    }

    private void assertRefused(String beginning) {
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> SmokeTest.run(model))
                .withMessageStartingWith(beginning);
    }
}
