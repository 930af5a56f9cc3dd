package io.github.resnetspark.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardsUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationLockTest {
    @TempDir
    Path folder;

    private Path shards;
    private ShardDirectory directory;

    @BeforeEach
    void locate() {
        shards = folder.resolve("shards");
        directory = new ShardDirectory(new org.apache.hadoop.fs.Path(shards.toUri()), new Configuration());
    }

    @Test
    void aSecondRunIsRefusedUntilTheFirstEnds() throws IOException {
        try (PreparationLock first = PreparationLock.take(directory)) {
            first.requireHeld();
            assertThatThrownBy(() -> PreparationLock.take(directory))
                    .isInstanceOf(ShardsUnavailableException.class)
                    .hasMessageMatching("Another run is writing to file:" + folder + "/shards \\(process "
                            + ProcessHandle.current().pid()
                            + " on \\S+, since \\S+Z\\)\\. Wait until .+");
            assertThat(shards.resolve("_lock")).exists();
        }
        PreparationLock.take(directory).close();
    }

    @Test
    void aRunThatWroteNothingLeavesNoDirectory() throws IOException {
        PreparationLock.take(directory).close();

        assertThat(shards).doesNotExist();
    }

    @Test
    void keepsADirectoryThatIsInUse() throws IOException {
        try (PreparationLock lock = PreparationLock.take(directory)) {
            lock.requireHeld();
            Files.writeString(shards.resolve("_other"), "of another run");
        }

        assertThat(shards.resolve("_other")).exists();
    }

    @Test
    void keepsADirectoryThatExistedBefore() throws IOException {
        Files.createDirectories(shards);

        PreparationLock.take(directory).close();

        assertThat(shards).isEmptyDirectory();
    }
}
