package io.github.resnetspark.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.input.ShardSet;
import io.github.resnetspark.job.recipe.Recipe;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;

class EvaluationJobTest {
    @Test
    void loadsPicturesAsTheRecipeSays() {
        Recipe recipe = Recipe.load(Optional.empty(), List.of("data.decode-threads=3", "data.prefetch-batches=7"));
        ShardSet shards = new ShardSet("none", List.of(), 2, new SerializableConfiguration(new Configuration(false)));

        MinibatchSource source = recipe.data().unvaried(shards, Preprocessing.of(32, Normalization.IMAGENET));

        assertThat(source.decodeThreads()).isEqualTo(3);
        assertThat(source.prefetchBatches()).isEqualTo(7);
    }
}
