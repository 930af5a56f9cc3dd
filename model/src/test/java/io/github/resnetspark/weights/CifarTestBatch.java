package io.github.resnetspark.weights;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** CIFAR-10's 10,000 test pictures and published weights. Tests that need them are skipped without this data. */
public final class CifarTestBatch {
    public static final int PICTURES = 10_000;
    private static final int PIXELS = 32 * 32;
    private static final int RECORD = 1 + 3 * PIXELS;
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private final Path data;
    private final byte[] records;

    private CifarTestBatch(Path data, byte[] records) {
        this.data = data;
        this.records = records;
    }

    public static CifarTestBatch unpacked() throws IOException {
        String folder = System.getenv("RESNET_SPARK_TEST_DATA");
        assumeTrue(folder != null, "RESNET_SPARK_TEST_DATA is not set: no published networks to compare with");
        Path data = Path.of(folder);
        return new CifarTestBatch(data, testBatch(data.resolve("cifar10/cifar-10-binary.tar.xz")));
    }

    /** A file of the published networks. */
    public Path published(String name) {
        return data.resolve("cifar10-weights").resolve(name);
    }

    public int label(int picture) {
        return records[picture * RECORD];
    }

    /** Pictures {@code [count, 3, 32, 32]} starting at {@code first}, normalised as in the networks' training. */
    public float[] normalized(int first, int count) {
        float[] values = new float[count * 3 * PIXELS];
        for (int i = 0; i < values.length; i++) {
            int channel = i / PIXELS % 3;
            float pixel = (value(first + i / (3 * PIXELS), i % (3 * PIXELS)) & 0xff) / 255f;
            values[i] = (pixel - MEAN[channel]) / DEVIATION[channel];
        }
        return values;
    }

    /** Pictures {@code [count, 32, 32, 3]} starting at {@code first}, not normalised. */
    public byte[] bytes(int first, int count) {
        byte[] bytes = new byte[count * 3 * PIXELS];
        for (int i = 0; i < bytes.length; i++) {
            int pixel = i / 3 % PIXELS;
            bytes[i] = value(first + i / (3 * PIXELS), i % 3 * PIXELS + pixel);
        }
        return bytes;
    }

    /** The label with the highest logit. */
    public static int highest(float... logits) {
        int highest = 0;
        for (int label = 1; label < logits.length; label++) {
            highest = logits[label] > logits[highest] ? label : highest;
        }
        return highest;
    }

    private byte value(int picture, int index) {
        return records[picture * RECORD + 1 + index];
    }

    private static byte[] testBatch(Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (ArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().endsWith("/test_batch.bin")) {
                    return tar.readNBytes(PICTURES * RECORD);
                }
            }
        }
        throw new IOException(archive + " does not contain test_batch.bin");
    }
}
