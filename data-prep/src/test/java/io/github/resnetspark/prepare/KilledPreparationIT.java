package io.github.resnetspark.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.intake.OddPictures;
import io.github.resnetspark.source.format.Pictures;
import io.github.resnetspark.source.format.SmallIlsvrc2012;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preparations in separate processes: killed, and with little memory. */
class KilledPreparationIT {
    private static final int SECONDS = 180;

    @TempDir
    Path folder;

    @Test
    void aKilledRunResumesToBitIdenticalShards() throws IOException, InterruptedException {
        Path source = SmallIlsvrc2012.write(folder.resolve("source"), 600, SmallIlsvrc2012.broken());
        Path whole = folder.resolve("whole");
        finish(source, whole);
        Map<String, String> expected = hashes(whole);
        int shards = expected.size() - 1;
        assertThat(shards).isGreaterThan(40);

        Path killed = folder.resolve("killed");
        for (int done : new int[] {0, 3, 20, shards - 6}) {
            Process process = start(source, killed, "killed-at-" + done + ".log");
            while (process.isAlive() && finished(killed) <= done) {
                Thread.sleep(1);
            }
            assertThat(process.isAlive())
                    .as("still at work after %s shards", done)
                    .isTrue();
            process.destroyForcibly().waitFor();
        }
        assertThat(killed.resolve("manifest.json")).doesNotExist();
        int kept = finished(killed);

        String log = finish(source, killed);

        assertThat(hashes(killed)).isEqualTo(expected);
        assertThat(log).contains("Resuming: reused " + kept + " of " + shards + " shards");
        assertThat(finish(source, killed)).contains("there is nothing to do");
    }

    @Test
    void readsAnArchiveAsLargeAsTheHeap() throws IOException, InterruptedException {
        Path source = Files.createDirectories(folder.resolve("large"));
        writeLargeArchive(source.resolve("ILSVRC2012_img_train.tar"));
        assertThat(Files.size(source.resolve("ILSVRC2012_img_train.tar"))).isGreaterThan(500L << 20);
        Path log = folder.resolve("large.log");

        Process process = PrepareProcess.start(
                log, "512m", source, folder.resolve("shards").toString(), 64L << 20, 256);

        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).contains("written=4600");
    }

    /** 4,600 pictures of ImageNet's usual 114 KB in two synsets. */
    private static void writeLargeArchive(Path file) throws IOException {
        byte[] noise = new byte[114_000];
        new SplittableRandom(1).nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            noise[i] &= 0x7f;
        }
        byte[] jpeg = OddPictures.jpeg(500, 375, 9, 90, 200);
        // Bytes after the end marker belong to the file and are stored with it.
        byte[] picture = Arrays.copyOf(jpeg, noise.length);
        System.arraycopy(noise, jpeg.length, picture, jpeg.length, noise.length - jpeg.length);
        Map<String, byte[]> few = new LinkedHashMap<>();
        for (int i = 0; i < 2300; i++) {
            few.put("n01440764_" + i + ".JPEG", picture);
        }
        byte[] inner = Pictures.tar(few);
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (String synset : new String[] {"n01440764", "n01443537"}) {
                TarArchiveEntry entry = new TarArchiveEntry(synset + ".tar");
                entry.setSize(inner.length);
                tar.putArchiveEntry(entry);
                tar.write(inner);
                tar.closeArchiveEntry();
            }
        }
    }

    private String finish(Path source, Path shards) throws IOException, InterruptedException {
        Process process = start(source, shards, "finish.log");
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        String log = Files.readString(folder.resolve("finish.log"));
        assertThat(process.exitValue()).as(log).isZero();
        return log;
    }

    /** About 40 shards of about 40 pictures. */
    private Process start(Path source, Path shards, String log) throws IOException {
        return PrepareProcess.start(folder.resolve(log), "1g", source, shards.toString(), 24_000, 4);
    }

    private static int finished(Path shards) throws IOException {
        return Files.isDirectory(shards)
                ? (int) names(shards).stream()
                        .filter(name -> name.matches("(train|validation)-.*\\.parquet"))
                        .count()
                : 0;
    }

    private static List<String> names(Path shards) throws IOException {
        try (Stream<Path> files = Files.list(shards)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Map<String, String> hashes(Path shards) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        for (String name : names(shards)) {
            hashes.put(name, Sha256.of(Files.readAllBytes(shards.resolve(name))));
        }
        return hashes;
    }
}
