package io.github.resnetspark.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationLockTest {
    private static final Duration SOON = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private ShardDirectory directory;
    private Path file;

    @BeforeEach
    void locate() {
        directory = new ShardDirectory(
                new org.apache.hadoop.fs.Path(folder.resolve("shards").toUri()), new Configuration());
        file = folder.resolve("shards/_lock");
    }

    @Test
    void aSecondRunOnThisMachineIsRefusedAtOnceAndMayGoOnAfterwards() throws IOException {
        try (PreparationLock first = PreparationLock.take(directory)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> PreparationLock.take(directory))
                    .isInstanceOf(ShardException.class)
                    .hasMessageMatching("file:" + folder + "/shards is being written to by another run \\(process "
                            + ProcessHandle.current().pid()
                            + " on \\S+, since \\S+Z\\)\\. Wait until that one is done, or "
                            + "set data\\.shards to another directory\\.");
            assertThat(file).exists();
        }
        assertThat(file).doesNotExist();
        PreparationLock.take(directory).close();
    }

    @Test
    void whatAKilledRunOfThisMachineLeftIsTakenOverAtOnce() throws IOException {
        write(InetAddress.getLocalHost().getHostName()
                + " 999999999 2020-01-01T00:00:00Z 2020-01-01T00:00:00Z token 7");

        PreparationLock.take(directory, Duration.ofHours(1)).close();

        assertThat(file).doesNotExist();
    }

    @Test
    void aProcessThatHasTheNumberOfAKilledOneIsNotTakenForIt() throws IOException {
        write(InetAddress.getLocalHost().getHostName() + " "
                + ProcessHandle.current().pid() + " 2020-01-01T00:00:00Z 2020-01-01T00:00:00Z token 7");

        PreparationLock.take(directory, Duration.ofHours(1)).close();
    }

    @Test
    void whatARunOfAnotherMachineLeftIsTakenOverWhenItStaysTheSame() throws IOException {
        write("elsewhere 12 2020-01-01T00:00:00Z 2020-01-01T00:00:00Z token 7");
        long begin = System.nanoTime();

        PreparationLock.take(directory, SOON).close();

        assertThat(System.nanoTime() - begin).isGreaterThan(3 * SOON.toNanos());
    }

    @Test
    void aRunOfAnotherMachineThatRenewsItsLockIsLeftAlone() throws Exception {
        write("elsewhere 12 2020-01-01T00:00:00Z 2020-01-01T00:00:00Z token 7");
        Thread other = new Thread(() -> {
            try {
                Thread.sleep(SOON.toMillis());
                write("elsewhere 12 2020-01-01T00:00:00Z 2020-01-01T00:00:00Z token 8");
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        other.start();

        assertThatThrownBy(() -> PreparationLock.take(directory, Duration.ofSeconds(20)))
                .isInstanceOf(ShardException.class)
                .hasMessage(
                        "file:" + folder + "/shards is being written to by another run (process 12 on elsewhere, since "
                                + "2020-01-01T00:00:00Z). Wait until that one is done, or set data.shards to another directory.");
        other.join();
    }

    @Test
    void theOwnerWritesItAnew() throws Exception {
        try (PreparationLock lock = PreparationLock.take(directory, Duration.ofMillis(50))) {
            assertThat(lock).isNotNull();
            String first = Files.readString(file);
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (Files.readString(file).equals(first) && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            assertThat(Files.readString(file)).isNotEqualTo(first);
        }
    }

    private void write(String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }
}
