package io.github.resnetspark.job.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.recipe.Recipe;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SlotSizeTest {
    private static final SparkConf EMBEDDED = new SparkConf(false);
    private static final SparkConf CLUSTER = new SparkConf(false).set("spark.master", "yarn");

    @Test
    void embeddedSparkTrainsTwoReplicasInOneWorkerByDefault() {
        assertThat(new SlotSize(EMBEDDED).overrides(recipe()))
                .containsExactly("cluster.workers=1", "cluster.replicas=2");
        assertThat(new SlotSize(EMBEDDED).overrides(recipe("cluster.workers=2")))
                .as("a recipe that sets the number of workers")
                .isEmpty();
        assertThat(new SlotSize(CLUSTER).overrides(recipe())).as("on a cluster").isEmpty();
    }

    @Test
    void autoIsTheNumberOfGpusOfATaskOrElseOfItsCores() {
        Recipe auto = recipe("cluster.replicas=auto");

        assertThat(new SlotSize(CLUSTER.clone()
                                .set("spark.task.resource.gpu.amount", "8")
                                .set("spark.task.cpus", "32"))
                        .overrides(auto))
                .containsExactly("cluster.replicas=8");
        assertThat(new SlotSize(CLUSTER.clone().set("spark.task.cpus", "4").set("spark.executor.cores", "16"))
                        .overrides(auto))
                .containsExactly("cluster.replicas=4");
        assertThat(new SlotSize(CLUSTER.clone().set("spark.executor.cores", "16")).overrides(auto))
                .containsExactly("cluster.replicas=16");
        assertThat(new SlotSize(CLUSTER).overrides(auto)).containsExactly("cluster.replicas=1");
    }

    @Test
    void aTaskHasOneCoreForEachReplicaUnlessSparkIsToldOtherwise() {
        SparkConf conf = CLUSTER.clone();
        new SlotSize(conf).apply(4);
        SparkConf given = CLUSTER.clone().set("spark.task.cpus", "8");
        new SlotSize(given).apply(4);
        SparkConf alone = CLUSTER.clone();
        new SlotSize(alone).apply(1);

        assertThat(conf.get("spark.task.cpus")).isEqualTo("4");
        assertThat(given.get("spark.task.cpus")).isEqualTo("8");
        assertThat(alone.contains("spark.task.cpus")).isFalse();
    }

    private static Recipe recipe(String... settings) {
        return Recipe.load(Optional.empty(), List.of(settings));
    }
}
