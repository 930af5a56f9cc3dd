package io.github.resnetspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLogTest {
    @Test
    void estimatesTheRemainingTime() {
        assertThat(ProgressLog.line("Writing shards", 0, 12, Duration.ofSeconds(9)))
                .isEqualTo("Writing shards: 0 of 12");
        assertThat(ProgressLog.line("Writing shards", 3, 12, Duration.ofSeconds(10)))
                .isEqualTo("Writing shards: 3 of 12, about 30 s left");
        assertThat(ProgressLog.line("Writing shards", 3, 12, Duration.ofSeconds(42)))
                .isEqualTo("Writing shards: 3 of 12, about 2 min 6 s left");
    }
}
