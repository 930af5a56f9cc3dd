package io.github.resnetspark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void quotesTheMedianWhateverTheOrder() {
        assertThat(new Figures(List.of(3.0, 1.0, 2.0)).median()).isEqualTo(2);
        assertThat(new Figures(List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
        assertThat(new Figures(List.of(4.0, 1.0, 2.0)).best()).isEqualTo(4);
    }
}
