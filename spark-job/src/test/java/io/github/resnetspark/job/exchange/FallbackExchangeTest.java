package io.github.resnetspark.job.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.spark.TaskFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class FallbackExchangeTest {
    private static final NetworkState START = new NetworkState(new float[] {1}, new float[0]);

    private final List<String> log = new ArrayList<>();

    private record Run(BatchNormMoments moments, StateSlices slices) implements RoundTask.Context {}

    @Test
    void whatDoesNotLinkWhenItIsMadeIsReplacedBeforeTheFirstRound() {
        try (Exchange<Run> exchange = new FallbackExchange<>(
                () -> {
                    throw new NoClassDefFoundError("org/apache/spark/storage/BlockManager");
                },
                () -> recording("second"))) {
            exchange.round(AveragedState.of(START), List.of());
        }

        assertThat(log).containsExactly("second runs", "second is closed");
    }

    @Test
    void whatDoesNotLinkInAnExecutorIsReplacedAndTheRoundRunAgainOnce() {
        NoSuchMethodError inTheTask = new NoSuchMethodError("BlockManager.putBytes");
        TaskFailedException told = TaskFailedException.of(new SparkException("Job aborted.", inTheTask), "Training");
        try (Exchange<Run> exchange = new FallbackExchange<>(() -> failing("first", told), () -> recording("second"))) {
            exchange.round(AveragedState.of(START), List.of());
            exchange.round(AveragedState.of(START), List.of());
        }

        assertThat(log)
                .containsExactly("first runs", "first is closed", "second runs", "second runs", "second is closed");
    }

    @Test
    void everyOtherFailureIsLeftAsItIs() {
        List<Supplier<RuntimeException>> failures = List.of(
                () -> TaskFailedException.of(new SparkException("no such picture"), "Training"),
                () -> new IllegalStateException(new UnsatisfiedLinkError("no jnind4jcpu in java.library.path")));
        for (Supplier<RuntimeException> failure : failures) {
            RuntimeException thrown = failure.get();
            try (Exchange<Run> exchange =
                    new FallbackExchange<>(() -> failing("first", thrown), () -> recording("second"))) {
                assertThatThrownBy(() -> exchange.round(AveragedState.of(START), List.of()))
                        .isSameAs(thrown);
            }
        }

        assertThat(log).doesNotContain("second runs");
    }

    private Exchange<Run> recording(String name) {
        return new Recording(name, () -> null);
    }

    private Exchange<Run> failing(String name, RuntimeException failure) {
        return new Recording(name, () -> {
            throw failure;
        });
    }

    private final class Recording implements Exchange<Run> {
        private final String name;
        private final Supplier<Result> result;

        Recording(String name, Supplier<Result> result) {
            this.name = name;
            this.result = result;
        }

        @Override
        public Result round(AveragedState start, List<? extends RoundTask<Run>> tasks) {
            log.add(name + " runs");
            return result.get();
        }

        @Override
        public void close() {
            log.add(name + " is closed");
        }
    }
}
