package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopSignalsTest {
    private final List<Integer> exits = new ArrayList<>();
    private final StopSignals signals = new StopSignals(exits::add);

    @Test
    void endsTheProcessAtOnceIfThereIsNothingToSave() {
        signals.receive("SIGTERM", 143);

        assertThat(exits).containsExactly(143);
        assertThat(signals.received()).isEmpty();
    }

    @Test
    void recordsTheFirstDeferredSignalAndEndsTheProcessAtTheSecond() {
        signals.defer();
        signals.receive("SIGTERM", 143);
        assertThat(exits).isEmpty();
        signals.receive("SIGINT", 130);

        assertThat(exits).containsExactly(130);
        assertThat(signals.received()).contains("SIGTERM");
    }

    @Test
    void endsTheProcessAtOnceAgainAfterEverythingIsSaved() {
        signals.defer();
        signals.endAtOnce();
        signals.receive("SIGINT", 130);

        assertThat(exits).containsExactly(130);
        assertThat(signals.received()).isEmpty();
    }
}
