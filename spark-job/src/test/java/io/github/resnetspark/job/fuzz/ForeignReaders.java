package io.github.resnetspark.job.fuzz;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Manifest.ChannelStatistics;
import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.shard.Manifest.SplitCounts;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.weights.NpyFile;
import io.github.resnetspark.weights.Tensor;
import io.github.resnetspark.weights.TorchWeights;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** All code that reads files from outside, with sound files of each kind. */
final class ForeignReaders {
    private static final long SMALL = 64L << 20;
    /** A picture may have 64 million pixels of three bytes each. */
    private static final long PICTURE = 448L << 20;

    /** HOCON's parser temporarily copies a value of many words once for each word. */
    private static final long RECIPE = 1L << 30;

    private static final ResNetSpec NETWORK = ResNetSpec.cifar(8, Shortcut.B, 2);

    private ForeignReaders() {}

    /** @param folder for readers that need a file */
    static List<ForeignReader> all(Path folder) throws IOException {
        List<ForeignReader> readers = new ArrayList<>();
        readers.addAll(weights(folder));
        readers.add(new ForeignReader("picture", pictures(), PICTURE, ForeignReaders::picture));
        readers.add(new ForeignReader(
                "manifest",
                List.of(manifest()),
                SMALL,
                bytes -> Manifest.fromJson(new String(bytes, StandardCharsets.UTF_8), "manifest.json")));
        readers.add(recipes(folder));
        readers.addAll(ForeignModel.readers(Files.createDirectory(folder.resolve("model-" + readers.size()))));
        readers.addAll(ForeignArchives.readers(Files.createDirectory(folder.resolve("archives-" + readers.size()))));
        return readers;
    }

    private static List<ForeignReader> weights(Path folder) throws IOException {
        Path safetensors = folder.resolve("w.safetensors");
        Path npz = folder.resolve("w.npz");
        Path npy = folder.resolve("w.npy");
        ComputationGraph network = ResNet.create(NETWORK, 1);
        TorchWeights.write(safetensors, NETWORK, network);
        network.close();
        byte[] array = npy("<f4", "(2, 3)", 24);
        byte[] half = npy(">f2", "(2L, 3L)", 12);
        Map<String, byte[]> arrays = Map.of("module.conv1.weight.npy", array, "module.fc.bias.npy", half);
        return List.of(
                new ForeignReader("safetensors", List.of(Files.readAllBytes(safetensors)), SMALL, bytes -> {
                    Files.write(safetensors, bytes);
                    fill(TorchWeights.read(safetensors));
                }),
                new ForeignReader("npz", List.of(zip(arrays, true), zip(arrays, false)), SMALL, bytes -> {
                    Files.write(npz, bytes);
                    TorchWeights.read(npz);
                }),
                new ForeignReader("npy", List.of(array, half, npy("<i8", "()", 8)), SMALL, bytes -> {
                    Files.write(npy, bytes);
                    NpyFile.read(npy);
                }));
    }

    private static void fill(Map<String, Tensor> tensors) throws IOException {
        TorchWeights.network(NETWORK, tensors).close();
    }

    private static byte[] npy(String descr, String shape, int bytes) {
        String header = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
        ByteBuffer file = ByteBuffer.allocate(10 + header.length() + bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        file.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
        return file.array();
    }

    static byte[] zip(Map<String, byte[]> entries, boolean compressed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(compressed ? 9 : 0);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static void picture(byte[] encoded) {
        ImageCodec codec = new ImageCodec();
        codec.inspect(encoded);
        codec.decode(encoded);
    }

    private static List<byte[]> pictures() throws IOException {
        byte[] pixels = new byte[20 * 16 * 3];
        new SplittableRandom(1).nextBytes(pixels);
        RgbImage image = new RgbImage(20, 16, pixels);
        ImageCodec codec = new ImageCodec();
        return List.of(
                codec.encodeJpeg(image, 90),
                codec.encodePng(image),
                written("jpg", BufferedImage.TYPE_BYTE_GRAY),
                written("png", BufferedImage.TYPE_USHORT_GRAY),
                written("png", BufferedImage.TYPE_4BYTE_ABGR),
                written("bmp", BufferedImage.TYPE_3BYTE_BGR));
    }

    private static byte[] written(String format, int type) throws IOException {
        BufferedImage image = new BufferedImage(9, 7, type);
        image.setRGB(3, 4, 0x80ff10);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    private static byte[] manifest() {
        Manifest.Shard train = new Manifest.Shard(
                "train-00000-of-00001.parquet", Split.TRAIN, 5, 1000, "ab".repeat(32), List.of(3, 2));
        return new Manifest(
                        1,
                        "0.1.0",
                        "cd".repeat(32),
                        "file:/data",
                        Map.of("prepare.seed", "1"),
                        List.of("cat", "dog"),
                        List.of(new SplitCounts(Split.TRAIN, 5, List.of(2L, 3L))),
                        new ChannelStatistics(List.of(0.5, 0.4, 0.3), List.of(0.2, 0.2, 0.2), "all", 5, 1000),
                        List.of(train),
                        List.of(new Quarantined("train/cat/x.jpg", "The picture has no bytes.")))
                .toJson()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static ForeignReader recipes(Path folder) throws IOException {
        Path recipe = folder.resolve("recipe.conf");
        List<byte[]> sound = new ArrayList<>();
        for (String name : List.of("quickstart", "cifar10-resnet20", "imagenet-resnet50")) {
            sound.add(Files.readAllBytes(Path.of("../conf", name + ".conf")));
        }
        return new ForeignReader("recipe", sound, RECIPE, bytes -> {
            Files.write(recipe, bytes);
            Recipe.load(Optional.of(recipe), List.of());
        });
    }
}
