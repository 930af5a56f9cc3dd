package io.github.resnetspark.job.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundSplitTest {

    /** Seconds per minibatch of each worker, H, and replicas of a worker. */
    private record Case(List<Double> seconds, int minibatches, int replicas) {
        RoundSplit split() {
            return RoundSplit.bySpeed(minibatches, seconds);
        }

        int workers() {
            return seconds.size();
        }
    }

    static Stream<Case> cases() {
        SplittableRandom random = new SplittableRandom(20181116);
        return IntStream.range(0, 200).mapToObj(ignored -> {
            // Some workers have the same speed, and some are a hundred times as slow as others.
            List<Double> seconds = IntStream.range(0, 1 + random.nextInt(12))
                    .mapToObj(worker -> random.nextInt(3) == 0 ? 0.1 : Math.pow(10, random.nextDouble(-2, 0)))
                    .toList();
            return new Case(seconds, 1 + random.nextInt(40), 1 + random.nextInt(4));
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void allWorkersTogetherHaveTheMinibatchesOfAnEvenRound(Case one) {
        RoundSplit split = one.split();

        assertThat(split.minibatches()).hasSize(one.workers()).allMatch(count -> count >= 1);
        assertThat(split.total()).isEqualTo(one.workers() * one.minibatches());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aFasterWorkerNeverHasFewerThanASlowerOne(Case one) {
        RoundSplit split = one.split();
        for (int slow = 0; slow < one.workers(); slow++) {
            for (int fast = 0; fast < one.workers(); fast++) {
                if (one.seconds().get(fast) < one.seconds().get(slow)) {
                    assertThat(split.minibatches().get(fast))
                            .isGreaterThanOrEqualTo(split.minibatches().get(slow));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aWorkerThatBecomesFasterDoesNotGetFewer(Case one) {
        List<Double> faster = new ArrayList<>(one.seconds());
        faster.set(0, faster.get(0) * 0.7);

        assertThat(RoundSplit.bySpeed(one.minibatches(), faster).minibatches().get(0))
                .isGreaterThanOrEqualTo(one.split().minibatches().get(0));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void workersOfTheSameSpeedHaveTheSameNumber(Case one) {
        List<Double> same = Collections.nCopies(one.workers(), one.seconds().get(0));

        assertThat(RoundSplit.bySpeed(one.minibatches(), same))
                .isEqualTo(RoundSplit.even(one.workers(), one.minibatches()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aFullRoundGivesEachReplicaTheMinibatchesOfItsWorker(Case one) {
        RoundSplit split = one.split();
        int[] ofReplicas = split.ofReplicas(split.total() * one.replicas(), one.replicas());

        for (int replica = 0; replica < ofReplicas.length; replica++) {
            assertThat(ofReplicas[replica])
                    .isEqualTo(split.minibatches().get(replica / one.replicas()).intValue());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aShorterRoundIsDistributedInTheSameProportions(Case one) {
        RoundSplit split = one.split();
        int all = split.total() * one.replicas();
        for (int pieces = 0; pieces <= all; pieces += 1 + all / 50) {
            int[] ofReplicas = split.ofReplicas(pieces, one.replicas());
            assertThat(IntStream.of(ofReplicas).sum()).isEqualTo(pieces);
            for (int replica = 0; replica < ofReplicas.length; replica++) {
                int ofFirst = ofReplicas[replica - replica % one.replicas()];
                assertThat(ofFirst - ofReplicas[replica])
                        .as("replicas of a worker")
                        .isBetween(0, 1);
            }
            for (int worker = 0; worker < one.workers(); worker++) {
                int count = ofReplicas[worker * one.replicas()];
                int whole = split.minibatches().get(worker);
                assertThat(count).isLessThanOrEqualTo(whole);
                for (int other = 0; other < one.workers() && count > 1; other++) {
                    double nextOfOther = ofReplicas[other * one.replicas()] + 1.0;
                    assertThat((double) count / whole)
                            .as("another worker would not have done the last minibatch earlier")
                            .isLessThanOrEqualTo(
                                    nextOfOther / split.minibatches().get(other) + 1e-12);
                }
            }
        }
    }

    @Test
    void noOtherSplitIsFaster() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 100; i++) {
            List<Double> seconds =
                    List.of(random.nextDouble(0.1, 1), random.nextDouble(0.1, 1), random.nextDouble(0.1, 1));
            int minibatches = 1 + random.nextInt(8);
            double fastest = Double.MAX_VALUE;
            for (int first = 1; first < 3 * minibatches; first++) {
                for (int second = 1; first + second < 3 * minibatches; second++) {
                    RoundSplit other = new RoundSplit(List.of(first, second, 3 * minibatches - first - second));
                    fastest = Math.min(fastest, other.slowest(seconds));
                }
            }

            assertThat(RoundSplit.bySpeed(minibatches, seconds).slowest(seconds))
                    .isEqualTo(fastest, within(1e-12));
        }
    }

    @Test
    void aWorkerOfHalfTheSpeedHasHalfTheMinibatches() {
        assertThat(RoundSplit.bySpeed(9, List.of(0.1, 0.2)).minibatches()).containsExactly(12, 6);
        assertThat(RoundSplit.bySpeed(10, List.of(0.2, 0.1)).minibatches()).containsExactly(7, 13);
    }

    @Test
    void aWorkerThatHardlyMovesKeepsOneMinibatch() {
        assertThat(RoundSplit.bySpeed(3, List.of(0.1, 1000.0)).minibatches()).containsExactly(5, 1);
    }

    @Test
    void withoutWorkersOrMinibatchesThereIsNoSplit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RoundSplit(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new RoundSplit(List.of(3, 0)));
    }
}
