package io.github.resnetspark.job.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.job.plan.RowGroup;
import io.github.resnetspark.message.data.ShardFailures;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten row groups in five shards. Row groups that were read ahead are still available after their shard is deleted. */
class RowGroupCacheTest {
    @TempDir
    Path folder;

    private ShardSet shards;
    private RowGroupCache cache;

    @BeforeEach
    void write() throws Exception {
        shards = GeneratedShards.write(folder, Split.TRAIN, 160, 32, 3);
    }

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void readsHalfOfItsCapacityAhead() throws Exception {
        cache = new RowGroupCache(new RowGroupSource(shards, MinibatchSource.LocalCache.NONE), 4);

        cache.plan(shards.rowGroups());
        cache.row(0, 0, 0);
        cache.row(0, 1, 0);
        cache.row(1, 0, 0);
        awaitReader(0, 0);
        deleteShards();

        assertThat(cache.row(1, 1, 3).path()).isEqualTo("made#51");
        assertThat(cache.row(2, 0, 0).path()).isEqualTo("made#64");
        assertThatThrownBy(() -> cache.row(3, 0, 0))
                .isInstanceOf(ShardException.class)
                .hasMessageEndingWith(ShardFailures.missing(""));
    }

    @Test
    void readsUnplannedRowGroupsToo() throws Exception {
        cache = new RowGroupCache(new RowGroupSource(shards, MinibatchSource.LocalCache.NONE), 2);
        cache.plan(List.of(new RowGroup(0, 0, 16), new RowGroup(4, 1, 16)));

        assertThat(cache.row(3, 1, 0).path()).isEqualTo("made#112");
        assertThat(cache.row(0, 0, 1).path()).isEqualTo("made#1");
        assertThat(cache.row(4, 1, 15).path()).isEqualTo("made#159");
    }

    @Test
    void skipsPlannedRowGroupsThatAreNeverRequested() throws Exception {
        cache = new RowGroupCache(new RowGroupSource(shards, MinibatchSource.LocalCache.NONE), 4);
        cache.plan(shards.rowGroups());
        cache.plan(List.of(new RowGroup(4, 0, 16), new RowGroup(4, 1, 16)));

        assertThat(cache.row(4, 0, 0).path()).isEqualTo("made#128");
        awaitReader(2, 0);
        deleteShards();

        assertThat(cache.row(4, 1, 0).path()).as("read ahead").isEqualTo("made#144");
    }

    /**
     * Requests a row group that is not cached. One thread reads in order, so everything that should be read ahead is
     * there afterwards.
     */
    private void awaitReader(int shard, int rowGroup) throws InterruptedException {
        cache.row(shard, rowGroup, 0);
    }

    private void deleteShards() throws Exception {
        for (int i = 0; i < shards.shards().size(); i++) {
            Files.delete(folder.resolve(shards.shards().get(i).name()));
        }
    }
}
