package io.github.resnetspark.source.format;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.source.format.Cifar10Reader.Cifar10Record;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Generated sources for tests. */
public final class Pictures {
    private Pictures() {}

    /** A PNG with random pixels. */
    public static byte[] png(int width, int height, long seed) {
        byte[] pixels = new byte[width * height * 3];
        new SplittableRandom(seed).nextBytes(pixels);
        return new ImageCodec().encodePng(new RgbImage(width, height, pixels));
    }

    /**
     * Class folders with {@code perClass} small training PNGs for each name, and half that number of validation PNGs.
     */
    public static void classFolders(Path root, int perClass, String... names) throws IOException {
        long seed = 0;
        for (String name : names) {
            for (String split : new String[] {"train", "val"}) {
                Path folder = Files.createDirectories(root.resolve(split).resolve(name));
                for (int i = 0; i < (split.equals("train") ? perClass : perClass / 2); i++) {
                    Files.write(folder.resolve(name + "_" + i + ".png"), png(5 + i % 3, 4, seed++));
                }
            }
        }
    }

    /** CIFAR-10 records with random pixels and the labels 0, 1, ... 9, 0, ... */
    public static byte[] cifar(int records, long seed) {
        byte[] bytes = new byte[records * Cifar10Record.LENGTH];
        new SplittableRandom(seed).nextBytes(bytes);
        for (int i = 0; i < records; i++) {
            bytes[i * Cifar10Record.LENGTH] = (byte) (i % 10);
        }
        return bytes;
    }

    /** A tar archive. */
    public static byte[] tar(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : entries.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
