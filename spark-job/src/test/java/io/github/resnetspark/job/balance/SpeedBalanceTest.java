package io.github.resnetspark.job.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.plan.RoundSplit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedBalanceTest {
    private static final int H = 10;
    private static final List<Double> UNEQUAL = List.of(0.01, 0.02);
    private static final List<Double> EQUAL = List.of(0.01, 0.01);

    @Test
    void whatARoundShowsChangesTheSecondRoundAfterIt() {
        SpeedBalance balance = after(SpeedBalance.EVEN, UNEQUAL, 5);
        assertThat(balance.next(2, H)).isEqualTo(RoundSplit.even(2, H));

        balance = after(balance, UNEQUAL, 1);

        assertThat(balance.now(2, H)).isEqualTo(RoundSplit.even(2, H));
        assertThat(balance.next(2, H).minibatches()).containsExactly(14, 6);
        assertThat(after(balance, UNEQUAL, 1).now(2, H)).isEqualTo(balance.next(2, H));
    }

    @Test
    void theSplitThatLaterRoundsConfirmIsTheOneThatComes() {
        List<Double> suggesting = List.of(0.01, 0.03);

        SpeedBalance balance = after(after(SpeedBalance.EVEN, suggesting, 3), UNEQUAL, 3);

        assertThat(balance.next()).isEqualTo(suggesting);
        assertThat(balance.measured()).isEmpty();
    }

    @Test
    void aSmallDifferenceChangesNothing() {
        assertThat(after(SpeedBalance.EVEN, List.of(0.01, 0.0104), 30).next(2, 50))
                .isEqualTo(RoundSplit.even(2, 50));
    }

    @Test
    void aSplitThatMinibatchesAreTooFewForChangesNothing() {
        SpeedBalance balance = SpeedBalance.EVEN;
        for (int round = 0; round < 30; round++) {
            balance = balance.after(2, 1, UNEQUAL);
        }

        assertThat(balance.next()).isEmpty();
    }

    @Test
    void theSplitFollowsTheIntervalOfTheRound() {
        SpeedBalance balance = after(SpeedBalance.EVEN, UNEQUAL, 6);

        assertThat(balance.next(2, 3).minibatches()).containsExactly(4, 2);
        assertThat(balance.next(2, 300).minibatches()).containsExactly(400, 200);
    }

    @Test
    void oneSlowRoundChangesNothing() {
        SpeedBalance balance = after(SpeedBalance.EVEN, EQUAL, 4);
        for (int slow = 0; slow < 5; slow++) {
            balance = after(balance, List.of(0.01, 0.09), 1);
            assertThat(balance.next()).isEmpty();
            balance = after(balance, EQUAL, 6);
            assertThat(balance.next()).isEmpty();
        }
    }

    @Test
    void anotherNumberOfWorkersStartsEvenlyAgain() {
        SpeedBalance balance = after(SpeedBalance.EVEN, UNEQUAL, 8);
        assertThat(balance.now(2, H).isEven()).isFalse();

        assertThat(balance.now(3, H)).isEqualTo(RoundSplit.even(3, H));
        assertThat(balance.next(3, H)).isEqualTo(RoundSplit.even(3, H));
        SpeedBalance after = balance.after(3, H, List.of(0.01, 0.02, 0.02));
        assertThat(after.measured()).hasSize(1);
        assertThat(after.now(2, H)).isEqualTo(RoundSplit.even(2, H));
    }

    @Test
    void aRoundInWhichAWorkerHadNothingToDoIsNotMeasured() {
        SpeedBalance balance = after(SpeedBalance.EVEN, UNEQUAL, 3);

        assertThat(balance.after(2, H, List.of(0.01))).isEqualTo(balance);
        assertThat(balance.after(2, H, List.of(0.01, 0.0))).isEqualTo(balance);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void comesWithinFivePercentOfTheFastestSplitAndStaysThere(long seed) {
        Random random = new Random(seed);
        int workers = 2 + random.nextInt(15);
        int minibatches = 10 + random.nextInt(90);
        List<Double> seconds =
                new ArrayList<>(random.doubles(workers, 1, 4).boxed().toList());
        Simulation simulation = new Simulation(workers, minibatches, 0.02, random);

        List<Double> times = simulation.rounds(60, seconds);

        assertThat(times.subList(20, 60)).allMatch(time -> time <= 1.05);
        assertThat(simulation.changes).isLessThanOrEqualTo(3);

        Collections.shuffle(seconds, random);
        assertThat(simulation.rounds(60, seconds).subList(20, 60))
                .as("after the workers have moved to other executors")
                .allMatch(time -> time <= 1.05);
    }

    @ParameterizedTest
    @CsvSource({"2, 10, 0.05", "16, 10, 0.05", "64, 10, 0.05", "2, 50, 0.05", "16, 50, 0.05", "64, 50, 0.05"})
    void noiseDoesNotChangeTheSplitOfEquallyFastWorkers(int workers, int minibatches, double noise) {
        for (int seed = 0; seed < 5; seed++) {
            Simulation simulation = new Simulation(workers, minibatches, noise, new Random(seed));
            simulation.rounds(60, Collections.nCopies(workers, 1.0));

            assertThat(simulation.changes).isZero();
        }
    }

    private static SpeedBalance after(SpeedBalance start, List<Double> seconds, int rounds) {
        SpeedBalance balance = start;
        for (int round = 0; round < rounds; round++) {
            balance = balance.after(seconds.size(), H, seconds);
        }
        return balance;
    }

    /** Workers whose measured times vary by some noise. */
    private static final class Simulation {
        private final int workers;
        private final int minibatches;
        private final double noise;
        private final Random random;
        private SpeedBalance balance = SpeedBalance.EVEN;
        private int changes;

        Simulation(int workers, int minibatches, double noise, Random random) {
            this.workers = workers;
            this.minibatches = minibatches;
            this.noise = noise;
            this.random = random;
        }

        /** The time of each round, as a multiple of that of the fastest split. */
        List<Double> rounds(int count, List<Double> seconds) {
            double fastest = RoundSplit.bySpeed(minibatches, seconds).slowest(seconds);
            List<Double> times = new ArrayList<>();
            for (int round = 0; round < count; round++) {
                times.add(balance.now(workers, minibatches).slowest(seconds) / fastest);
                SpeedBalance next = balance.after(
                        workers,
                        minibatches,
                        IntStream.range(0, workers)
                                .mapToObj(worker -> seconds.get(worker) * (1 + noise * random.nextGaussian()))
                                .toList());
                changes += next.next().equals(balance.next()) ? 0 : 1;
                balance = next;
            }
            return times;
        }
    }
}
