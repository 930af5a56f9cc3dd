package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RoundCostModelTest {
    @Test
    void theTableInTheDocumentMatchesTheModel() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "algorithm.md")))
                .contains(RoundCostModel.ofResNet50().table());
    }

    @Test
    void anAveragingIsTheSumOfTransfersCopiesAndTasks() {
        // 1 GB over 8 Gb/s is a second: 2 × 3/4 crossings, 0.5 and 0.25 s, and 8 tasks of 0.01 s.
        RoundCostModel model = new RoundCostModel(1e9, 0.5, 0.25, 0.01, 0.1);

        assertThat(model.averagingSeconds(4, 8)).isCloseTo(1.5 + 0.75 + 0.08, within(1e-9));
        // 2.33 s are 5 % of 46.6 s, which leaves 44.27 s for minibatches of 0.1 s.
        assertThat(model.smallestEvery(4, 8)).isEqualTo(443);
    }
}
