package io.github.resnetspark.job.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.message.job.PreflightFailures;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoundLengthTest {
    @Test
    void refusesEveryIntervalThatIsLongerThanAnEpoch() {
        // 50,000 pictures in steps of 128 are 391 minibatches for each worker.
        String[] recipe = {"cluster.workers=2", "train.batch-size-per-replica=64", "averaging.every=391"};
        assertThat(RoundLength.problems(recipe(recipe), 50_000)).isEmpty();
        assertThat(RoundLength.problems(recipe(recipe), 49_920))
                .containsExactly(PreflightFailures.roundLongerThanEpoch("averaging.every", "391", 49_920, 128, 390));
        assertThat(RoundLength.problems(
                        recipe(
                                "cluster.workers=2",
                                "train.batch-size-per-replica=64",
                                "averaging.every=[1, 391, 10]",
                                "averaging.warmup-every=392"),
                        49_920))
                .containsExactly(
                        PreflightFailures.roundLongerThanEpoch("averaging.every", "[1, 391, 10]", 49_920, 128, 390),
                        PreflightFailures.roundLongerThanEpoch("averaging.warmup-every", "392", 49_920, 128, 390));
    }

    @Test
    void acceptsDefaultsForTheSmallestDataSet() {
        assertThat(RoundLength.problems(recipe(), 1)).isEmpty();
        assertThat(RoundLength.problems(recipe("averaging.qsr-alpha=100"), 1)).isEmpty();
        assertThat(RoundLength.problems(recipe("averaging.every=1"), 1)).isEmpty();
    }

    private static Recipe recipe(String... settings) {
        return Recipe.load(Optional.empty(), List.of(settings));
    }
}
