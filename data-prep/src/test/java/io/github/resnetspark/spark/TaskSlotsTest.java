package io.github.resnetspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;

class TaskSlotsTest {
    private static final SparkConf CORES = new SparkConf(false).set("spark.task.cpus", "4");
    private static final SparkConf GPUS = CORES.clone().set("spark.task.resource.gpu.amount", "2");

    @Test
    void coresAndGpusLimitTheTasksOfAnExecutor() {
        SparkConf halves = CORES.clone().set("spark.task.resource.gpu.amount", "0.5");

        assertThat(TaskSlots.ofExecutor(new SparkConf(false), 3, Map.of())).isEqualTo(3);
        assertThat(TaskSlots.ofExecutor(CORES, 35, gpus(8)))
                .as("tasks without GPUs")
                .isEqualTo(8);
        assertThat(TaskSlots.ofExecutor(GPUS, 35, gpus(8))).isEqualTo(4);
        assertThat(TaskSlots.ofExecutor(GPUS, 11, gpus(8))).as("few cores").isEqualTo(2);
        assertThat(TaskSlots.ofExecutor(halves, 35, gpus(2))).isEqualTo(4);
        assertThat(TaskSlots.ofExecutor(GPUS, 35, Map.of())).as("unknown GPUs").isEqualTo(8);
    }

    @Test
    void settingsTellTheSlotsOfAnExecutorBeforeItExists() {
        SparkConf executors = GPUS.clone().set("spark.executor.cores", "16");

        assertThat(TaskSlots.ofEachExecutor(new SparkConf(false))).isEqualTo(1);
        assertThat(TaskSlots.ofEachExecutor(executors)).isEqualTo(4);
        assertThat(TaskSlots.ofEachExecutor(executors.set("spark.executor.resource.gpu.amount", "4")))
                .isEqualTo(2);
    }

    private static Map<String, ResourceInformation> gpus(int count) {
        String[] addresses =
                IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
        return Map.of("gpu", new ResourceInformation("gpu", addresses));
    }
}
