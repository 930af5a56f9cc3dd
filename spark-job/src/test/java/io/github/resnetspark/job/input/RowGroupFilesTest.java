package io.github.resnetspark.job.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.shard.ShardRow;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowGroupFilesTest {
    private static final String PICTURES = "hdfs://namenode/pictures";

    @TempDir
    Path folder;

    @Test
    void readsWhatWasWritten() throws Exception {
        RowGroupFiles files = files(PICTURES, 1 << 20);
        assertThat(files.read("a-0")).isEmpty();

        files.write("a-0", rows(1));
        files.write("a-1", rows(2));

        assertThat(files.read("a-0")).contains(rows(1));
        assertThat(files(PICTURES, 1 << 20).read("a-1")).contains(rows(2));
        assertThat(files("hdfs://namenode/others", 1 << 20).read("a-0")).isEmpty();
        assertThat(names()).noneMatch(name -> name.startsWith("part-"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 70, 500})
    void deletesADamagedFile(int at) throws Exception {
        RowGroupFiles files = files(PICTURES, 1 << 20);
        files.write("a-0", rows(1));
        Path file = onlyFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 0x10;
        Files.write(file, bytes);

        assertThat(files.read("a-0")).isEmpty();
        assertThat(file).doesNotExist();

        files.write("a-0", rows(1));
        assertThat(files.read("a-0")).contains(rows(1));
    }

    @Test
    void deletesATruncatedFile() throws Exception {
        RowGroupFiles files = files(PICTURES, 1 << 20);
        files.write("a-0", rows(1));
        Path file = onlyFile();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 300));

        assertThat(files.read("a-0")).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void addsNothingWhenItIsFull() throws Exception {
        RowGroupFiles files = files(PICTURES, 10_000);
        for (int i = 0; i < 10; i++) {
            files.write("a-" + i, rows(i));
        }

        assertThat(size()).isLessThanOrEqualTo(10_000);
        assertThat(files.read("a-0")).contains(rows(0));
        assertThat(files.read("a-9")).isEmpty();
    }

    @Test
    void evictsLeastRecentlyUsedFilesOfOtherDataSets() throws Exception {
        RowGroupFiles old = files("file:/old", 12_000);
        old.write("a-0", rows(0));
        old.write("a-1", rows(1));
        try (Stream<Path> found = Files.list(folder)) {
            for (Path file : found.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
            }
        }
        assertThat(old.read("a-0")).isPresent();

        RowGroupFiles files = files(PICTURES, 12_000);
        files.write("b-0", rows(3));
        files.write("b-1", rows(4));

        assertThat(files.read("b-0")).contains(rows(3));
        assertThat(files.read("b-1")).contains(rows(4));
        assertThat(old.read("a-1")).isEmpty();
        assertThat(old.read("a-0")).contains(rows(0));
        assertThat(size()).isLessThanOrEqualTo(12_000);
    }

    @Test
    void deletesFilesOfAKilledExecutor() throws Exception {
        Path left = Files.writeString(folder.resolve("part-1"), "half of it");
        Path fresh = Files.writeString(folder.resolve("part-2"), "being written");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        files(PICTURES, 1 << 20).write("a-0", rows(1));

        assertThat(left).doesNotExist();
        assertThat(fresh).exists();
    }

    @Test
    void doesNotWaitForAnotherWriter() throws Exception {
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            files(PICTURES, 1 << 20).write("a-0", rows(1));
        }
        assertThat(names()).containsExactly("lock");
    }

    @Test
    void aFolderThatCannotBeCreatedIsNotAnError() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        RowGroupFiles files = new RowGroupFiles(new MinibatchSource.LocalCache(file.toString(), 1 << 20), PICTURES);

        files.write("a-0", rows(1));

        assertThat(files.read("a-0")).isEmpty();
    }

    private RowGroupFiles files(String directory, long bytes) {
        return new RowGroupFiles(new MinibatchSource.LocalCache(folder.toString(), bytes), directory);
    }

    /** About 3,300 bytes. */
    private static List<ShardRow> rows(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Stream.of("train/a/1.JPEG", "train/b/ü.JPEG")
                .map(path -> {
                    byte[] bytes = new byte[1500];
                    random.nextBytes(bytes);
                    return new ShardRow(bytes, path, 3, 500, 375);
                })
                .toList();
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> path.toString().endsWith(".rows"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(path -> path.getFileName().toString()).toList();
        }
    }

    private long size() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.mapToLong(path -> path.toFile().length()).sum();
        }
    }
}
