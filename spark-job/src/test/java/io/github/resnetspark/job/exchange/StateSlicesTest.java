package io.github.resnetspark.job.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.resnetspark.job.averaging.RawFloats;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateSlicesTest {
    @ParameterizedTest
    @CsvSource({"5, 3, 1", "5, 3, 2", "5, 3, 8", "5, 3, 11", "4, 0, 3", "272474, 270000, 16"})
    void joiningSlicesRestoresTheState(int parameters, int updaterState, int count) {
        NetworkState state = new NetworkState(vector(parameters), vector(updaterState));
        StateSlices slices = StateSlices.of(state, count);
        List<RawFloats> cut = IntStream.range(0, count)
                .mapToObj(slice -> slices.cut(state, slice))
                .toList();

        NetworkState joined = slices.join(cut);

        assertThat(joined.parameters()).isEqualTo(state.parameters());
        assertThat(joined.updaterState()).isEqualTo(state.updaterState());
        assertThat(slices.bytes()).isEqualTo(4L * (parameters + updaterState));
        float[] inner = new float[parameters];
        slices.parameters(cut, 1, inner, 2, parameters - 2);
        assertThat(Arrays.copyOfRange(inner, 2, parameters))
                .isEqualTo(Arrays.copyOfRange(state.parameters(), 1, parameters - 1));
    }

    @Test
    void aSliceMaySpanParametersAndUpdaterState() {
        NetworkState state = new NetworkState(new float[] {0, 1, 2, 3, 4}, new float[] {10, 11, 12});
        StateSlices slices = StateSlices.of(state, 3);

        assertThat(slices.cut(state, 0).toArray()).containsExactly(0, 1, 2);
        assertThat(slices.cut(state, 1).toArray()).containsExactly(3, 4, 10);
        assertThat(slices.cut(state, 2).toArray()).containsExactly(11, 12);
    }

    @Test
    void largeStatesHaveMoreSlicesTheSameNumberForEachWorker() {
        NetworkState state = new NetworkState(new float[60], new float[40]);

        assertThat(StateSlices.of(state, 4, 1 << 20).count()).isEqualTo(4);
        assertThat(StateSlices.of(state, 4, 50).count())
                .as("400 bytes in slices of at most 50")
                .isEqualTo(8);
        assertThat(StateSlices.of(state, 4, 49).count()).isEqualTo(12);
    }

    @Test
    void rejectsSlicesOfAnotherState() {
        StateSlices slices = StateSlices.of(new NetworkState(new float[3], new float[2]), 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> slices.join(List.of(RawFloats.zeros(3))))
                .withMessage("There are 1 slices but must be 2.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> slices.join(List.of(RawFloats.zeros(3), RawFloats.zeros(3))))
                .withMessage("Slice 1 has 3 values but must have 2.");
    }

    private static float[] vector(int length) {
        Random random = new Random(length);
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
