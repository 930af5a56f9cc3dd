package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundCostModelTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "algorithm.md");

    @Test
    void theTableInTheDocumentMatchesTheModel() throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .contains(RoundCostModel.ofResNet50().table());
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 2.04", "1, 2, 2.15", "1, 4, 2.27", "10, 1, 0.63", "10, 2, 0.90", "10, 4, 0.92"})
    void thePredictionsInTheDocumentAreCloseToWhatWasMeasured(int gigabits, int replicas, double measured)
            throws IOException {
        double predicted = RoundCostModel.ofResNet50().averagingSeconds(2, replicas, gigabits);

        assertThat(predicted).isCloseTo(measured, Percentage.withPercentage(20));
        assertThat(Files.readString(DOCUMENT))
                .contains(String.format(
                        Locale.ROOT,
                        "| %d Gb/s | %d | %.2f s | %.2f s | %+.0f %% |",
                        gigabits,
                        replicas,
                        measured,
                        predicted,
                        100 * (predicted / measured - 1)));
    }

    @Test
    void anAveragingIsTheSumOfTransfersCopiesAndTasks() {
        // 1 GB over 8 Gb/s is a second: 2 × 3/4 crossings, 10 % more on the wire.
        RoundCostModel model = new RoundCostModel(1e9, 1.1, 0.5, 0.2, 0.25, 0.01, 0.001);

        // Three doublings, 8 tasks and 4 workers to exchange with.
        assertThat(model.averagingSeconds(4, 8, 8)).isCloseTo(1.65 + 0.5 + 0.6 + 0.25 + 0.08 + 0.004, within(1e-9));
        // 2 s are 5 % of 40 s, which leaves 38 s for minibatches of 0.1 s.
        assertThat(RoundCostModel.smallestEvery(2, 0.1)).isEqualTo(380);
    }
}
