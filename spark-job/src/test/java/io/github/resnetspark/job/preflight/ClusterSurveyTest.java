package io.github.resnetspark.job.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.LayerTable;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import io.github.resnetspark.text.Amounts;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSurveyTest {
    @Test
    void asksEverySlotOnce() {
        try (JavaSparkContext spark = LocalSpark.open(3)) {
            ClusterFacts facts = new ClusterSurvey(spark).facts(2);

            assertThat(facts.slotCount()).hasValue(3);
            assertThat(facts.manager()).isEqualTo(ClusterManager.EMBEDDED);
            assertThat(facts.slots()).hasSize(3).allSatisfy(slot -> {
                assertThat(slot.executor()).isEqualTo("driver");
                assertThat(slot.cores()).isEqualTo(1);
                assertThat(slot.heap()).isEqualTo(Runtime.getRuntime().maxMemory());
                assertThat(slot.machineMemory()).isPositive();
                assertThat(slot.programs()).isEqualTo(facts.driver());
                assertThat(slot.gpus()).isEmpty();
            });
            assertThat(facts.driver().spark()).isEqualTo(spark.version());
            assertThat(facts.driver().nd4j()).startsWith("nd4j-api-").endsWith(".jar on the CPU");
        }
    }

    @Test
    void computesTheMemoryOverheadLikeSpark() {
        SparkConf conf = new SparkConf(false);
        long gibi = 1L << 30;

        assertThat(ClusterManager.of("spark://host:7077").overhead(conf, gibi)).isZero();
        assertThat(ClusterManager.of("yarn").overhead(conf, gibi)).isEqualTo(384L << 20);
        assertThat(ClusterManager.of("k8s://https://host").overhead(conf, 10 * gibi))
                .isEqualTo(gibi);
        assertThat(ClusterManager.of("yarn").overhead(conf.set("spark.executor.memoryOverhead", "6g"), gibi))
                .isEqualTo(6 * gibi);
    }

    @Test
    void countsTheMemoryOfAReplicaFromItsLayers() {
        ResNetSpec network =
                new ResNetSpec(Family.IMAGENET, 50, Block.BOTTLENECK, Variant.V1_5, Shortcut.B, true, false, 1000, 224);

        WorkerMemory memory = WorkerMemory.of(LayerTable.of(network), 224);

        assertThat(memory.parameters()).isEqualTo(4L * 25_557_032);
        assertThat(memory.with(32)).isEqualTo(3 * memory.parameters() + 32 * memory.perPicture());
        assertThat(memory.largestBatch(memory.with(32))).isEqualTo(32);
        assertThat(memory.largestBatch(memory.with(32) - 1)).isEqualTo(31);
        assertThat(memory.largestBatch(1000)).isZero();
        // Measured: 2.3 GiB for a process with 12 pictures and a small heap.
        assertThat(WorkerMemory.PROCESS + memory.with(12)).isBetween(2_300_000_000L, 3_500_000_000L);
    }

    @Test
    void measuresTheFreeSpaceOfADirectoryThatDoesNotExistYet(@TempDir Path folder) throws Exception {
        FreeSpace free = FreeSpace.at(
                new org.apache.hadoop.fs.Path(folder.resolve("a/b/c").toUri()), new Configuration());

        assertThat(free.bytes().orElseThrow()).isPositive();
        assertThat(free.names()).isEmpty();
    }

    @Test
    void formatsAmountsForPeopleAndForSettings() {
        assertThat(List.of(
                        Amounts.text(300L << 20),
                        Amounts.text(3L << 29),
                        Amounts.setting(1),
                        Amounts.setting(3L << 29)))
                .containsExactly("300 MiB", "1.5 GiB", "256m", "1536m");
    }
}
