package io.github.resnetspark.job.fuzz;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleContents;
import io.github.resnetspark.bundle.BundleWriter;
import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** A model directory with one broken file, whose checksum in the list is updated. */
final class ForeignModel {
    private static final long MOST_BYTES = 128L << 20;
    private static final String SUMS = "SHA256SUMS";
    private static final String NETWORK = "model.dl4j.zip";

    private final Path directory;
    private final Map<String, byte[]> sound = new LinkedHashMap<>();

    private ForeignModel(Path directory) throws IOException {
        this.directory = directory;
        ResNetSpec spec = new ResNetSpec(Family.CIFAR, 8, Block.BASIC, Variant.V1, Shortcut.A, true, false, 2, 8);
        Path written = directory.resolveSibling(directory.getFileName() + "-written");
        ComputationGraph network = ResNet.create(spec, 1);
        BundleWriter.write(
                written,
                new BundleContents(
                        spec,
                        List.of("cat", "dog"),
                        Preprocessing.of(8, Normalization.IMAGENET),
                        "{\"validation\": {\"examples\": 4, \"top1\": 0.75}}",
                        Optional.of("{\"command\": \"train\"}")),
                network);
        network.close();
        for (String name :
                List.of("model.json", "preprocessing.json", "labels.txt", "metrics.json", "provenance.json", NETWORK)) {
            sound.put(name, Files.readAllBytes(written.resolve(name)));
        }
    }

    static List<ForeignReader> readers(Path directory) throws IOException {
        ForeignModel model = new ForeignModel(directory);
        List<ForeignReader> readers = new ArrayList<>();
        model.sound.forEach((name, bytes) -> readers.add(new ForeignReader(name, List.of(bytes), MOST_BYTES, broken -> {
            Bundle bundle = model.open(name, broken);
            // The other files say nothing about the network.
            if (name.equals("model.json") || name.equals(NETWORK)) {
                bundle.network().close();
            }
        })));
        readers.add(new ForeignReader(SUMS, List.of(model.sums(model.sound)), MOST_BYTES, broken -> {
            model.write(model.sound, broken);
            Bundle.open(directory);
        }));
        Path zip = directory.resolveSibling("zip");
        Files.write(zip, model.sound.get(NETWORK));
        try (ZipFile entries = new ZipFile(zip.toFile())) {
            byte[] weights =
                    entries.getInputStream(entries.getEntry("coefficients.bin")).readAllBytes();
            byte[] configuration = {'{', '}'};
            readers.add(new ForeignReader("coefficients.bin", List.of(weights), MOST_BYTES, broken -> model.open(
                            NETWORK,
                            ForeignReaders.zip(
                                    Map.of("configuration.json", configuration, "coefficients.bin", broken), true))
                    .network()
                    .close()));
        }
        return readers;
    }

    private Bundle open(String name, byte[] bytes) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>(sound);
        files.put(name, bytes);
        write(files, sums(files));
        return Bundle.open(directory);
    }

    private void write(Map<String, byte[]> files, byte[] sums) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
        Files.write(directory.resolve(SUMS), sums);
    }

    private byte[] sums(Map<String, byte[]> files) {
        StringBuilder lines = new StringBuilder();
        files.forEach((name, bytes) ->
                lines.append(Sha256.of(bytes)).append("  ").append(name).append('\n'));
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
