package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.message.job.RegistryFailures;
import io.github.resnetspark.message.model.BundleFailures;
import io.github.resnetspark.message.model.FileReasons;
import io.github.resnetspark.message.model.WeightsFailures;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.weights.SafetensorsFile;
import io.github.resnetspark.weights.Tensor;
import io.github.resnetspark.weights.TorchWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    @TempDir
    private Path folder;

    @Test
    void makesAModelOfPublishedWeights() throws IOException {
        Path model = folder.resolve("model");
        Console console = importing(published(), model);

        assertThat(console.err()).isEmpty();
        assertThat(console.code()).isZero();
        Bundle bundle = Bundle.open(model);
        assertThat(bundle.spec()).isEqualTo(ResNetSpec.cifar(20, Shortcut.A, 10));
        assertThat(bundle.preprocessing().normalization()).isEqualTo(Normalization.IMAGENET);
        assertThat(bundle.labels()).startsWith("0", "1").hasSize(10);
    }

    @Test
    void readsBackTheSafetensorsThatItWrote() throws IOException {
        ResNetSpec spec = ResNetSpec.cifar(20, Shortcut.A, 10);
        ComputationGraph network = ResNet.create(spec, 3);
        Path weights = folder.resolve("w.safetensors");
        TorchWeights.write(weights, spec, network);

        Console console = importing(weights, folder.resolve("model"));

        assertThat(console.err()).isEmpty();
        assertThat(Bundle.open(folder.resolve("model")).network().params()).isEqualTo(network.params());
        assertThat(folder.resolve("model/model.safetensors")).hasSameBinaryContentAs(weights);
        assertThat(folder.resolve("model/provenance.json"))
                .content()
                .contains("\"command\" : \"import\"", "\"weightsSha256\" : \"", "\"weights\" : \"" + weights + "\"");
    }

    @Test
    void reportsTheRemovedPrefixOfAllNames() throws IOException {
        ResNetSpec spec = ResNetSpec.cifar(8, Shortcut.A, 10);
        Path plain = folder.resolve("plain.safetensors");
        TorchWeights.write(plain, spec, ResNet.create(spec, 3));
        Map<String, Tensor> wrapped = new TreeMap<>();
        SafetensorsFile.read(plain).forEach((name, tensor) -> wrapped.put("module._orig_mod." + name, tensor));
        wrapped.put("n_averaged", new Tensor(new int[0], new float[] {3}));
        Path weights = folder.resolve("w.safetensors");
        SafetensorsFile.write(weights, wrapped, List.of());
        Path model = folder.resolve("model");

        Console console = importing(weights, model, "--set", "model.depth=8");

        assertThat(console.err()).isEmpty();
        assertThat(console.out())
                .isEqualTo("CIFAR ResNet-8 (A) with the weights of " + weights
                        + ", without the prefix 'module._orig_mod.' of all names: " + model + "\n");
        assertThat(folder.resolve("model/model.safetensors")).hasSameBinaryContentAs(plain);
        assertThat(importing(weights, folder.resolve("other"), "--set", "model.depth=8", "--json")
                        .out())
                .contains("\"droppedPrefix\":\"module._orig_mod.\"");
    }

    @Test
    void reportsEverythingThatDoesNotFitInASafetensorsFile() throws IOException {
        Path weights = folder.resolve("w.safetensors");
        TorchWeights.write(
                weights, ResNetSpec.cifar(8, Shortcut.B, 10), ResNet.create(ResNetSpec.cifar(8, Shortcut.B, 10), 3));

        Console console =
                importing(weights, folder.resolve("model"), "--set", "model.depth=8", "--set", "model.classes=5");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .startsWith(WeightsFailures.doNotFit("CIFAR ResNet-8 (A)", 5, List.of()) + "\n")
                .contains(
                        FileReasons.weightShape("linear.weight", "[10, 64]", "[5, 64]") + ".\n",
                        FileReasons.weightShape("linear.bias", "[10]", "[5]") + ".\n",
                        FileReasons.unexpectedWeight("layer2.0.shortcut.0.weight") + ".\n");
        assertThat(folder.resolve("model")).doesNotExist();
    }

    @Test
    void refusesWeightsOfAnotherNetworkAndWritesNothing() {
        Path model = folder.resolve("model");
        Console console = importing(published(), model, "--set", "model.depth=32");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err()).startsWith(WeightsFailures.doNotFit("CIFAR ResNet-32 (A)", 10, List.of()) + "\n");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesAnExistingDirectoryAndAMissingFileAtOnce() throws IOException {
        Path model = Files.createDirectory(folder.resolve("model"));
        Files.writeString(model.resolve("notes.txt"), "mine");

        Console console = importing(folder.resolve("none.npz"), model);
        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(BundleFailures.notEmpty(model.toString()) + "\n"
                        + RegistryFailures.notAWeightsFile(folder + "/none.npz") + "\n");
        assertThat(model).isDirectoryContaining(file -> file.endsWith("notes.txt"));
    }

    @Test
    void refusesAMissingNormalizationAndReportsWhatElseIsWrong() {
        String to = folder.resolve("m").toString();
        Console console = Console.run("import", "--weights", "w.npz", "--to", to, "--labels", "/nope.txt");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(CommandFailures.noNormalization() + "\n"
                        + CommandFailures.labelsNotReadable("/nope.txt") + "\n"
                        + RegistryFailures.notAWeightsFile("w.npz") + "\n");
    }

    @Test
    void refusesABlankLabel() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.txt"), "cat\n \n");
        Path weights = Files.createFile(folder.resolve("w.npz"));

        Console console =
                importing(weights, folder.resolve("model"), "--labels", labels.toString(), "--set", "model.classes=2");

        assertThat(console.code()).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo("Class 1 has the name ' ', which is blank. " + RegistryFailures.classNameRemedy() + "\n");
    }

    private static Path published() {
        String data = System.getenv("RESNET_SPARK_TEST_DATA");
        assumeTrue(data != null, "RESNET_SPARK_TEST_DATA is not set");
        return Path.of(data, "cifar10-weights", "resnet20.npz");
    }

    private static Console importing(Path weights, Path model, String... more) {
        List<String> arguments = new ArrayList<>(List.of("import", "--weights", weights.toString()));
        arguments.addAll(List.of("--to", model.toString()));
        arguments.addAll(List.of("--set", "data.mean=[0.485, 0.456, 0.406]"));
        arguments.addAll(List.of("--set", "data.std=[0.229, 0.224, 0.225]"));
        arguments.addAll(List.of(more));
        return Console.run(arguments.toArray(String[]::new));
    }
}
