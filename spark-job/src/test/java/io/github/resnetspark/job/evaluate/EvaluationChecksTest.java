package io.github.resnetspark.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationChecksTest {
    @Test
    void refusesTheSameNamesInAnotherOrder() {
        assertThat(EvaluationChecks.classOrderProblem(List.of("ape", "cat", "dog"), List.of("ape", "dog", "cat")))
                .contains("The model and the shards have the same classes in another order:"
                        + " class 1 is «cat» in the model and «dog» in the shards."
                        + " Prepare the shards with prepare.labels in the order of the model's labels.txt.");
    }

    @Test
    void takesTheSameOrderOtherNamesAndTwoClassesOfOneName() {
        assertThat(EvaluationChecks.classOrderProblem(List.of("crane", "crane"), List.of("crane", "crane")))
                .isEmpty();
        assertThat(EvaluationChecks.classOrderProblem(List.of("0", "1"), List.of("cat", "dog")))
                .isEmpty();
    }
}
