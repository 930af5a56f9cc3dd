package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleContents;
import io.github.resnetspark.bundle.BundleWriter;
import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.message.job.CommandReasons;
import io.github.resnetspark.message.job.RegistryFailures;
import io.github.resnetspark.message.model.BundleFailures;
import io.github.resnetspark.message.model.BundleReasons;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

class ExportCommandTest {
    private static final ResNetSpec SPEC = ResNetSpec.cifar(8, Shortcut.A, 2);

    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void write() throws IOException {
        model = folder.resolve("small");
        BundleContents contents = new BundleContents(
                SPEC,
                List.of("cat", "dog"),
                Preprocessing.of(32, Normalization.IMAGENET),
                "{\"top1\": 0.5}",
                Optional.of("{\"command\": \"train\"}"));
        BundleWriter.write(model, contents, ResNet.create(SPEC, 1));
    }

    @Test
    void writesTheSameModelAgainWithEveryFile() throws IOException, OrtException {
        Path copy = folder.resolve("copies/small");

        Console console = export("--to", copy.toString(), "--json");

        assertThat(console.err()).isEmpty();
        assertThat(console.code()).isZero();
        assertThat(console.out())
                .isEqualTo("{\"model\":\"" + copy + "\",\"name\":\"CIFAR ResNet-8 (A)\",\"layout\":\"bundle\"}\n");
        assertThat(files(copy)).isEqualTo(files(model)).contains("model.onnx");
        Bundle bundle = Bundle.open(copy);
        assertThat(bundle.provenanceJson()).contains("{\"command\": \"train\"}\n");
        assertThat(bundle.metricsJson()).isEqualToIgnoringWhitespace("{\"top1\": 0.5}");
        assertThat(probabilities(copy.resolve("model.onnx"))).containsExactly(expected(bundle), within(1e-5f));
    }

    @Test
    void writesAModelOfATritonRepository() throws IOException, OrtException {
        Path repository = folder.resolve("repository");

        Console console = export("--to", repository.toString(), "--layout", "triton", "--fold-bn");

        assertThat(console.err()).isEmpty();
        assertThat(console.out()).isEqualTo("CIFAR ResNet-8 (A): " + repository + "/small\n");
        assertThat(files(repository))
                .containsExactly(
                        "small",
                        "small/1",
                        "small/1/model.onnx",
                        "small/config.pbtxt",
                        "small/labels.txt",
                        "small/preprocessing.json");
        assertThat(repository.resolve("small/labels.txt")).hasContent("cat\ndog\n");
        assertThat(repository.resolve("small/config.pbtxt"))
                .hasContent(
                        """
                        name: "small"
                        platform: "onnxruntime_onnx"
                        max_batch_size: 64
                        input [
                          {
                            name: "input"
                            data_type: TYPE_FP32
                            dims: [ 3, 32, 32 ]
                          }
                        ]
                        output [
                          {
                            name: "probabilities"
                            data_type: TYPE_FP32
                            dims: [ 2 ]
                            label_filename: "labels.txt"
                          }
                        ]
                        dynamic_batching { }
                        """);
        assertThat(probabilities(repository.resolve("small/1/model.onnx")))
                .containsExactly(expected(Bundle.open(model)), within(1e-5f));
    }

    @Test
    void configuresTheServerForTheChosenForms() throws IOException {
        Path repository = folder.resolve("repository");

        export(
                "--to",
                repository.toString(),
                "--layout",
                "triton",
                "--name",
                "pets",
                "--model-version",
                "3",
                "--input",
                "pictures",
                "--output",
                "logits");

        assertThat(repository.resolve("pets/3/model.onnx")).isNotEmptyFile();
        assertThat(Files.readString(repository.resolve("pets/config.pbtxt")))
                .contains("name: \"pets\"", "TYPE_UINT8", "dims: [ 32, 32, 3 ]", "name: \"logits\"");
    }

    @Test
    void refusesAnExistingVersionAndABadNameAtOnce() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("repository/two words/0"));
        Files.createFile(taken.resolve("model.onnx"));

        Console console = export(
                "--to",
                folder.resolve("repository").toString(),
                "--layout",
                "triton",
                "--name",
                "two words",
                "--model-version",
                "0");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(
                        RegistryFailures.notAServerName("two words") + "\n" + RegistryFailures.serverVersionTooSmall(0)
                                + "\n" + RegistryFailures.serverVersionExists(taken.toString()) + "\n");
    }

    @Test
    void addsAVersionToAModelOfATritonRepository() throws IOException {
        Path repository = folder.resolve("repository");
        Path second = folder.resolve("second");
        BundleWriter.write(second, Bundle.open(model).contents(), ResNet.create(SPEC, 2));
        triton(model, repository, "--name", "pets");

        Console console = triton(second, repository, "--name", "pets", "--model-version", "2");

        assertThat(console.err()).isEmpty();
        assertThat(console.code()).isZero();
        assertThat(files(repository))
                .containsExactly(
                        "pets",
                        "pets/1",
                        "pets/1/model.onnx",
                        "pets/2",
                        "pets/2/model.onnx",
                        "pets/config.pbtxt",
                        "pets/labels.txt",
                        "pets/preprocessing.json");
        Console again = triton(second, repository, "--name", "pets", "--model-version", "2");
        assertThat(again.code()).isEqualTo(2);
    }

    @Test
    void refusesAVersionOfAModelWithOtherFiles() throws IOException {
        Path repository = folder.resolve("repository");
        triton(model, repository);
        Path place = repository.resolve("small");
        Files.delete(place.resolve("labels.txt"));

        Console console = triton(model, repository, "--model-version", "2", "--output", "logits");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(RegistryFailures.serverFileDiffers(
                                place.resolve("config.pbtxt").toString())
                        + "\n"
                        + RegistryFailures.serverFileDiffers(
                                place.resolve("labels.txt").toString())
                        + "\n");
        assertThat(place.resolve("2")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CURRENT", "12"})
    void asksForANameIfThePathInARegistryHasNone(String last) {
        Console console = triton(folder.resolve("pets").resolve(last), folder.resolve("repository"));

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err()).isEqualTo(CommandFailures.noNameForServer(last) + "\n");
    }

    private static Console triton(Path model, Path repository, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("export", "--model", model.toString(), "--to", repository.toString(), "--layout", "triton"));
        arguments.addAll(List.of(more));
        return Console.run(arguments.toArray(String[]::new));
    }

    @Test
    void refusesADirectoryWithAModelAndOptionsOfAnotherLayout() {
        Console console = export("--to", model.toString(), "--name", "pets", "--model-version", "2");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(CommandFailures.onlyForTriton("--name", "pets") + "\n"
                        + CommandFailures.onlyForTriton("--model-version", "2") + "\n"
                        + BundleFailures.modelExists(model.toString()) + "\n");
    }

    @Test
    void refusesAnUnknownLayout() {
        Console console = export("--to", folder.resolve("new").toString(), "--layout", "coreml");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo("Invalid value for option '--layout': "
                        + CommandReasons.notOneOf("coreml", "bundle, triton")
                        + ". Run resnet-spark export --help to see its options.\n");
    }

    @Test
    void refusesADamagedModel() throws IOException {
        Files.writeString(model.resolve("labels.txt"), "cat\ndig\n");

        Console console = export("--to", folder.resolve("new").toString());

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(BundleFailures.changed(model.toString(), List.of(BundleReasons.otherChecksum("labels.txt")))
                        + "\n");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    private Console export(String... more) {
        List<String> arguments = new ArrayList<>(List.of("export", "--model", model.toString()));
        arguments.addAll(List.of(more));
        return Console.run(arguments.toArray(String[]::new));
    }

    private static List<String> files(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> !file.equals(directory))
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** One normalised picture {@code [1, 3, 32, 32]}. */
    private static float[] picture() {
        Random random = new Random(4);
        float[] values = new float[3 * 32 * 32];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] expected(Bundle bundle) throws IOException {
        return bundle.network()
                .outputSingle(Nd4j.create(picture(), new int[] {1, 3, 32, 32}, 'c'))
                .toFloatVector();
    }

    private static float[] probabilities(Path onnx) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(onnx.toString());
                OnnxTensor input =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(picture()), new long[] {1, 3, 32, 32});
                OrtSession.Result result = session.run(Map.of("input", input))) {
            return ((float[][]) result.get("probabilities").orElseThrow().getValue())[0];
        }
    }
}
