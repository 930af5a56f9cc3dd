package io.github.resnetspark.job.plan;

import static io.github.resnetspark.job.plan.GeneratedSplit.references;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundPlanTest {
    private static final List<RowGroup> CIFAR = IntStream.range(0, 196)
            .mapToObj(i -> new RowGroup(i / 20, i % 20, i < 195 ? 256 : 80))
            .toList();

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.job.plan.GeneratedSplit#cases")
    void roundsVisitTheEpochInOrderForAnyNumberOfWorkers(GeneratedSplit split) {
        EpochPlan epoch = split.epoch(0);
        for (int workers = 1; workers <= 9; workers++) {
            int numberOfWorkers = workers;
            assertThat(visitedFrom(epoch, 0, ignored -> numberOfWorkers, split))
                    .isEqualTo(references(epoch.slice(0, epoch.examples())));
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.job.plan.GeneratedSplit#cases")
    void aResumedRunVisitsTheRestFromAnyPosition(GeneratedSplit split) {
        EpochPlan epoch = split.epoch(4);
        for (int position = 0; position <= split.examples(); position++) {
            assertThat(visitedFrom(epoch, position, ignored -> split.workers(), split))
                    .isEqualTo(references(epoch.slice(position, epoch.examples())));
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.job.plan.GeneratedSplit#cases")
    void theNumberOfWorkersMayChangeWithinAnEpoch(GeneratedSplit split) {
        EpochPlan epoch = split.epoch(2);
        Random random = new Random(split.seed());

        assertThat(visitedFrom(epoch, 0, ignored -> 1 + random.nextInt(12), split))
                .isEqualTo(references(epoch.slice(0, epoch.examples())));
    }

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.job.plan.GeneratedSplit#cases")
    void noMinibatchIsEmptyOrTooLargeAndNoWorkerHasTooMany(GeneratedSplit split) {
        EpochPlan epoch = split.epoch(0);
        for (long position = 0; position < epoch.examples(); ) {
            RoundPlan round = RoundPlan.at(epoch, position, split.workers(), split.minibatches(), split.batchSize());
            List<Integer> sizes = new ArrayList<>();
            for (ReplicaShare share : round.shares()) {
                assertThat(share.minibatches()).isLessThanOrEqualTo(split.minibatches());
                for (int i = 0; i < share.minibatches(); i++) {
                    sizes.add(share.minibatch(i).size());
                }
            }
            int largest = sizes.stream().mapToInt(size -> size).max().orElseThrow();
            int smallest = sizes.stream().mapToInt(size -> size).min().orElseThrow();
            assertThat(largest).isLessThanOrEqualTo(split.batchSize());
            assertThat(largest - smallest).isLessThanOrEqualTo(1);
            List<Integer> counts =
                    round.shares().stream().map(ReplicaShare::minibatches).toList();
            assertThat(counts.get(0) - counts.get(counts.size() - 1)).isBetween(0, 1);
            position = round.next();
        }
    }

    @Test
    void aFullRoundGivesEachWorkerItsContiguousPiece() {
        EpochPlan epoch = EpochPlan.of(CIFAR, 1, 0, 4);
        RoundPlan round = RoundPlan.at(epoch, 1000, 3, 10, 32);

        assertThat(round.next()).isEqualTo(1000 + 3 * 10 * 32);
        assertThat(round.examples()).isEqualTo(960);
        for (ReplicaShare share : round.shares()) {
            int from = 1000 + share.replica() * 320;
            assertThat(references(share.examples())).isEqualTo(references(epoch.slice(from, from + 320)));
            assertThat(share.minibatches()).isEqualTo(10);
            assertThat(references(share.minibatch(9))).isEqualTo(references(epoch.slice(from + 288, from + 320)));
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.job.plan.GeneratedSplit#cases")
    void roundsSplitBySpeedVisitTheSameExamplesAsEvenOnes(GeneratedSplit split) {
        EpochPlan epoch = split.epoch(0);
        Random random = new Random(split.seed());
        int replicas = 1 + random.nextInt(3);
        List<String> visited = new ArrayList<>();
        for (long position = 0; position < epoch.examples(); ) {
            List<Double> seconds =
                    random.doubles(split.workers(), 0.1, 1).boxed().toList();
            RoundPlan round = RoundPlan.at(
                    epoch, position, RoundSplit.bySpeed(split.minibatches(), seconds), replicas, split.batchSize());
            RoundPlan even =
                    RoundPlan.at(epoch, position, split.workers() * replicas, split.minibatches(), split.batchSize());
            assertThat(round.next()).isEqualTo(even.next());
            assertThat(sizes(round).stream().flatMap(List::stream))
                    .containsExactlyElementsOf(
                            sizes(even).stream().flatMap(List::stream).toList());
            round.shares().forEach(share -> visited.addAll(references(share.examples())));
            position = round.next();
        }

        assertThat(visited).isEqualTo(references(epoch.slice(0, epoch.examples())));
    }

    @Test
    void aSlowWorkerGetsFewerMinibatchesAlsoOfTheTail() {
        RoundSplit split = new RoundSplit(List.of(15, 5));
        EpochPlan epoch = EpochPlan.of(CIFAR, 1, 0, 4);

        assertThat(RoundPlan.at(epoch, 0, split, 2, 32).shares())
                .extracting(ReplicaShare::minibatches)
                .containsExactly(15, 15, 5, 5);
        // 330 examples are 11 minibatches of 30.
        assertThat(RoundPlan.at(epoch, 49_670, split, 2, 32).shares())
                .extracting(ReplicaShare::minibatches)
                .containsExactly(5, 4, 1, 1);
    }

    @Test
    void theTailIsSplitIntoMinibatchesOfEqualSize() {
        // 50,000 − 78 · 640 = 80 examples: 3 minibatches of at most 32, for two workers.
        RoundPlan tail = RoundPlan.at(EpochPlan.of(CIFAR, 1, 0, 4), 49_920, 2, 10, 32);

        assertThat(tail.next()).isEqualTo(50_000);
        assertThat(sizes(tail)).containsExactly(List.of(27, 27), List.of(26));
    }

    @Test
    void aShortTailLeavesSomeWorkersIdleInsteadOfMakingTinyMinibatches() {
        RoundPlan tail = RoundPlan.at(EpochPlan.of(CIFAR, 1, 0, 4), 49_960, 4, 10, 32);

        assertThat(sizes(tail)).containsExactly(List.of(20), List.of(20), List.of(), List.of());
        assertThat(tail.shares()).extracting(ReplicaShare::replica).containsExactly(0, 1, 2, 3);
    }

    @Test
    void atTheEndOfTheEpochNoWorkerHasWork() {
        RoundPlan round = RoundPlan.at(EpochPlan.of(CIFAR, 1, 0, 4), 50_000, 2, 10, 32);

        assertThat(round.next()).isEqualTo(50_000);
        assertThat(sizes(round)).containsExactly(List.of(), List.of());
    }

    @Test
    void aSerializedShareTakesAFewBytesPerExample() throws IOException, ClassNotFoundException {
        ReplicaShare share = RoundPlan.at(EpochPlan.of(CIFAR, 1, 0, 4), 0, 2, 10, 32)
                .shares()
                .get(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(share);
        }

        assertThat(bytes.size()).isLessThan(320 * 8 + 1000);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            ReplicaShare received = (ReplicaShare) in.readObject();
            assertThat(received.replica()).isEqualTo(1);
            assertThat(received.minibatches()).isEqualTo(10);
            assertThat(references(received.examples())).isEqualTo(references(share.examples()));
        }
    }

    @Test
    void rejectsNumbersBelowOne() {
        EpochPlan epoch = EpochPlan.of(CIFAR, 1, 0, 4);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoundPlan.at(epoch, 0, 0, 1, 1))
                .withMessage("The number of replicas is 0 but must be at least 1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoundPlan.at(epoch, 0, 1, 0, 1))
                .withMessage("The number of minibatches per replica is 0 but must be at least 1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoundPlan.at(epoch, 0, 1, 1, 0))
                .withMessage("The number of examples per minibatch is 0 but must be at least 1.");
    }

    private static List<List<Integer>> sizes(RoundPlan round) {
        return round.shares().stream()
                .map(share -> IntStream.range(0, share.minibatches())
                        .mapToObj(i -> share.minibatch(i).size())
                        .toList())
                .toList();
    }

    private interface WorkersAt {
        int position(long position);
    }

    /** Every example in the workers' minibatches, in worker order within each round. */
    private static List<String> visitedFrom(EpochPlan epoch, long start, WorkersAt workers, GeneratedSplit split) {
        List<String> visited = new ArrayList<>();
        for (long position = start; position < epoch.examples(); ) {
            RoundPlan round =
                    RoundPlan.at(epoch, position, workers.position(position), split.minibatches(), split.batchSize());
            for (ReplicaShare share : round.shares()) {
                for (int i = 0; i < share.minibatches(); i++) {
                    visited.addAll(references(share.minibatch(i)));
                }
            }
            position = round.next();
        }
        return visited;
    }
}
