package io.github.resnetspark.job.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.spark.TaskFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class FallbackExchangeTest {
    private static final NetworkState START = new NetworkState(new float[] {1}, new float[0]);

    private final List<String> log = new ArrayList<>();

    private record Run(BatchNormMoments moments, StateSlices slices) implements RoundTask.Context {}

    @Test
    void fallsBackBeforeTheFirstRoundIfCreationDoesNotLink() {
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
    void fallsBackOnceAndRepeatsTheRoundIfAnExecutorDoesNotLink() {
        NoSuchMethodError inTheTask = thrownBy(BlockExchange.class, "BlockManager.putBytes");
        TaskFailedException told = TaskFailedException.of(new SparkException("Job aborted.", inTheTask), "Training");
        try (Exchange<Run> exchange = new FallbackExchange<>(() -> failing("first", told), () -> recording("second"))) {
            exchange.round(AveragedState.of(START), List.of());
            exchange.round(AveragedState.of(START), List.of());
        }

        assertThat(log)
                .containsExactly("first runs", "first is closed", "second runs", "second runs", "second is closed");
    }

    @Test
    void rethrowsEveryOtherFailure() {
        List<Supplier<RuntimeException>> failures = List.of(
                () -> TaskFailedException.of(new SparkException("no such picture"), "Training"),
                () -> new IllegalStateException(new UnsatisfiedLinkError("no jnind4jcpu")),
                () -> new IllegalStateException(thrownBy(String.class, "a method of Hadoop's")));
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

    @Test
    void fallsBackInTheFirstRoundIfOnlyTasksDoNotLink() {
        StateSlices slices = new StateSlices(2, 0, new StateSlices.Slices(2, 1));
        Run run = new Run(new BatchNormMoments(List.of()), slices);
        Unlinked.RUNS.set(0);
        try (JavaSparkContext spark = LocalSpark.open("local[1,1]");
                Exchange<Run> exchange = Exchange.open(spark, run)) {
            AveragedState start = AveragedState.of(new NetworkState(new float[] {1, 2}, new float[0]));

            Exchange.Result first = exchange.round(start, List.of(new Unlinked()));
            Exchange.Result second = exchange.round(first.state(), List.of(new Unlinked()));

            assertThat(second.state().get().parameters()).containsExactly(4, 8);
            assertThat(Unlinked.RUNS)
                    .as("one that failed, and one for each round")
                    .hasValue(3);
        }
    }

    /** Doubles everything, but first fails as if one of Spark's methods were missing. */
    private record Unlinked() implements RoundTask<Run> {
        private static final AtomicInteger RUNS = new AtomicInteger();

        @Override
        public int worker() {
            return 0;
        }

        @Override
        public int minibatches() {
            return 1;
        }

        @Override
        public RoundTask.Result run(Run run, StateReader start) throws InterruptedException {
            if (RUNS.incrementAndGet() == 1) {
                throw thrownBy(BlockExchange.class, "a method of Spark's");
            }
            RawFloats values = RawFloats.zeros(2);
            start.read(List.of(0), (slice, bytes) -> values.set(bytes));
            float[] doubled = values.toArray();
            return new RoundTask.Result(
                    List.of(RawFloats.of(2 * doubled[0], 2 * doubled[1])),
                    WorkerReport.of(0, 0, List.of(new WorkerReport.Replica(8, 0, -1, 0, 0))));
        }
    }

    /** As thrown by the JVM in the class that calls a missing method. */
    private static NoSuchMethodError thrownBy(Class<?> caller, String method) {
        NoSuchMethodError error = new NoSuchMethodError(method);
        error.setStackTrace(
                new StackTraceElement[] {new StackTraceElement(caller.getName(), "call", "Source.java", 1)});
        return error;
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
        private final Supplier<Exchange.Result> result;

        Recording(String name, Supplier<Exchange.Result> result) {
            this.name = name;
            this.result = result;
        }

        @Override
        public Exchange.Result round(AveragedState start, List<? extends RoundTask<Run>> tasks) {
            log.add(name + " runs");
            return result.get();
        }

        @Override
        public void close() {
            log.add(name + " is closed");
        }
    }
}
