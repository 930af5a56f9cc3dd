package io.github.resnetspark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkRateTest {
    @ParameterizedTest
    @CsvSource({"1gbit, 1e9", "10gbit, 1e10", "500mbit, 5e8", "64kbit, 64e3"})
    void readsWhatTcReads(String text, double bitsPerSecond) {
        assertThat(LinkRate.of(text)).isEqualTo(new LinkRate(text, bitsPerSecond));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "gbit", "1 gbit", "1gb", "0gbit", "1gbit,delay 1ms"})
    void refusesWhatIsNoRate(String text) {
        assertThatThrownBy(() -> LinkRate.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    /** Two workers send half a state to each other, and then half a state again. */
    @Test
    void theBytesOfARoundTakeTheirTimeOnTheWire() {
        assertThat(ExecutorTraffic.expected(250_000_000, 2)).isEqualTo(250e6);
        assertThat(ExecutorTraffic.expected(250_000_000, 1)).isZero();
        assertThat(ExecutorTraffic.expected(250_000_000, 4)).isEqualTo(375e6);
        assertThat(LinkRate.of("1gbit").seconds(250e6)).isCloseTo(2, within(1e-12));
    }
}
