package io.github.resnetspark.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resnetspark.message.data.ShardFailures;
import io.github.resnetspark.shard.ShardException.DamagedShardException;
import io.github.resnetspark.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Distinguishes shards that cannot be read from shards that were read and are damaged. */
class UnreadableShardTest {
    private static final String NAME = "train-00000-of-00001.parquet";

    @TempDir
    Path folder;

    private final Configuration configuration = FlakyFileSystem.configuration();
    private Path file;
    private List<ShardRow> rows;

    @BeforeEach
    void write() throws IOException {
        // Hadoop shares one instance among all tests.
        FlakyFileSystem.of(configuration).failAt(0);
        file = folder.resolve(NAME);
        rows = TestShards.rows(20, 1);
        TestShards.write(TestShards.directory(folder), NAME, rows, 8);
    }

    @Test
    void aShardIsUnavailableWhicheverCallTheFileSystemFails() throws IOException {
        FlakyFileSystem files = FlakyFileSystem.of(configuration);
        int question = 0;
        do {
            question++;
            files.failAt(question);
            Throwable thrown = catchThrowable(this::readAll);
            if (files.hasFailed()) {
                assertThat(thrown)
                        .as("question %d", question)
                        .isInstanceOf(ShardsUnavailableException.class)
                        .hasMessage(ShardFailures.unreadable("flaky:" + file, "no DataNode answers"));
            }
        } while (files.hasFailed());

        assertThat(question).isGreaterThan(12);
    }

    @Test
    void aShardTruncatedAnywhereIsDamaged() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(7);
        for (int attempt = 0; attempt < 40; attempt++) {
            Files.write(file, java.util.Arrays.copyOf(whole, random.nextInt(whole.length)));

            assertThatThrownBy(this::readAll).isInstanceOf(DamagedShardException.class);
        }
    }

    @Test
    void aShardWithAChangedFooterByteIsDamaged() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(7);
        int damaged = 0;
        for (int attempt = 0; attempt < 300; attempt++) {
            byte[] changed = whole.clone();
            changed[whole.length - 1 - random.nextInt(whole.length / 4)] ^= (byte) random.nextInt(1, 256);
            Files.write(file, changed);
            Throwable thrown = catchThrowable(this::readAll);
            if (thrown != null) {
                // A valid file with another schema is not damaged.
                assertThat(thrown).isInstanceOf(ShardException.class);
                damaged += thrown instanceof DamagedShardException ? 1 : 0;
            }
        }

        assertThat(damaged).isGreaterThan(20);
    }

    @Test
    void aDirectoryInsteadOfAFileIsNotDamaged() throws IOException {
        Files.delete(file);
        Files.createDirectory(file);

        assertThatThrownBy(this::readAll)
                .isInstanceOf(ShardsUnavailableException.class)
                .hasMessageContaining("Is a directory");
    }

    @Test
    void anInaccessibleFileIsNotMissing() throws IOException {
        Storage storage = Storage.of(new Configuration());
        Path circle = Files.createSymbolicLink(folder.resolve("circle"), folder.resolve("circle"));
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(circle.toUri());

        assertThatThrownBy(() -> storage.open(path)).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> storage.exists(path)).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> storage.list(path)).isInstanceOf(FileSystemException.class);
    }

    @Test
    void aFileThatDoesNotExistIsMissing() throws IOException {
        Storage storage = Storage.of(new Configuration());
        for (Path missing : List.of(folder.resolve("none"), folder.resolve("none/none"), file.resolve("below"))) {
            org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(missing.toUri());

            assertThatThrownBy(() -> storage.open(path)).isInstanceOf(FileNotFoundException.class);
            assertThat(storage.exists(path)).isFalse();
            assertThat(storage.list(path)).isEmpty();
        }
    }

    private void readAll() {
        try (ShardReader reader = ShardReader.open(FlakyFileSystem.path(file), configuration)) {
            int found = 0;
            for (int rowGroup = 0; rowGroup < reader.rowGroups(); rowGroup++) {
                found += reader.readRowGroup(rowGroup).size();
            }
            assertThat(found).isEqualTo(rows.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
