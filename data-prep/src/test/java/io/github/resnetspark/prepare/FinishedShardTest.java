package io.github.resnetspark.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.message.data.ShardFailures;
import io.github.resnetspark.prepare.ShardResult.ShardSummary;
import io.github.resnetspark.shard.ChannelSums;
import io.github.resnetspark.shard.FlakyFileSystem;
import io.github.resnetspark.shard.FooterKeys;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.ShardWriter;
import io.github.resnetspark.shard.ShardsUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishedShardTest {
    private static final String NAME = "train-00000-of-00001.parquet";
    private static final String FINGERPRINT = "f00";

    @TempDir
    Path folder;

    private final Configuration configuration = FlakyFileSystem.configuration();
    private FinishedShard shard;
    private FlakyFileSystem files;

    @BeforeEach
    void write() throws IOException {
        // Hadoop shares one instance among all tests.
        FlakyFileSystem.of(configuration).failAt(0);
        ShardDirectory directory = new ShardDirectory(FlakyFileSystem.path(folder), configuration);
        try (ShardWriter writer = new ShardWriter(directory, NAME, 0, List.of("cat"), 2)) {
            for (int i = 0; i < 3; i++) {
                writer.write(new ShardRow(new byte[] {1, 2, 3}, "cat/" + i + ".png", 0, 1, 1));
            }
            ShardSummary summary = new ShardSummary(List.of(3L), ChannelSums.NONE, List.of(), 0);
            writer.commit(Map.of(FooterKeys.FINGERPRINT, FINGERPRINT, FooterKeys.CONTRIBUTION, summary.toJson()));
        }
        shard = new FinishedShard(directory, NAME, FINGERPRINT);
        files = FlakyFileSystem.of(configuration);
    }

    @Test
    void anIntactShardIsNeverMistakenForADamagedOne() throws IOException {
        int question = 0;
        while (true) {
            question++;
            files.failAt(question);
            try {
                assertThat(shard.result()).as("question %d", question).isPresent();
                break;
            } catch (ShardsUnavailableException e) {
                assertThat(files.hasFailed()).isTrue();
                assertThatThrownBy(() -> {
                            throw e;
                        })
                        .hasMessage(ShardFailures.unreadable("flaky:" + folder.resolve(NAME), "no DataNode answers"));
            }
        }

        assertThat(question).isGreaterThan(12);
    }

    @Test
    void aTruncatedShardMustBeWrittenAgain() throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve(NAME));
        Files.write(folder.resolve(NAME), java.util.Arrays.copyOf(whole, whole.length - 9));

        assertThat(shard.result()).isEmpty();
    }
}
