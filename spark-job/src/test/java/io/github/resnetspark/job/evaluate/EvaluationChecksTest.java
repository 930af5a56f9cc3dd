package io.github.resnetspark.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.message.job.EvaluationFailures;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationChecksTest {
    @Test
    void rejectsTheSameNamesInADifferentOrder() {
        assertThat(EvaluationChecks.classOrderProblem(List.of("ape", "cat", "dog"), List.of("ape", "dog", "cat")))
                .contains(EvaluationFailures.classOrderDiffers(1, "cat", "dog"));
    }

    @Test
    void acceptsTheSameOrderOtherNamesAndDuplicateNames() {
        assertThat(EvaluationChecks.classOrderProblem(List.of("crane", "crane"), List.of("crane", "crane")))
                .isEmpty();
        assertThat(EvaluationChecks.classOrderProblem(List.of("0", "1"), List.of("cat", "dog")))
                .isEmpty();
    }
}
