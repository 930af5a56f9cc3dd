package io.github.resnetspark.job.plan;

import static io.github.resnetspark.job.plan.GeneratedSplit.references;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplicaShareTest {

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.job.plan.GeneratedSplit#cases")
    void theFirstMinibatchesAndThoseAfterThemAreTheWholeShare(GeneratedSplit split) {
        EpochPlan epoch = split.epoch(0);
        for (ReplicaShare share : round(split, epoch, 0).shares()) {
            List<List<String>> whole = minibatches(share);
            for (int count = 0; count <= share.minibatches(); count++) {
                List<List<String>> joined = new ArrayList<>(minibatches(share.first(count)));
                assertThat(joined).hasSize(count);
                joined.addAll(minibatches(share.after(count)));

                assertThat(joined).isEqualTo(whole);
                assertThat(count == 0 || share.startsWith(share.first(count))).isTrue();
            }
            assertThat(minibatches(share.first(share.minibatches() + 1))).isEqualTo(whole);
        }
    }

    @Test
    void startsOnlyWithItsOwnMinibatches() {
        EpochPlan epoch = EpochPlan.of(List.of(new RowGroup(0, 0, 100)), 1, 0, 2);
        ReplicaShare share = RoundPlan.at(epoch, 0, 2, 5, 8).shares().get(0);

        assertThat(share.startsWith(share)).isTrue();
        assertThat(share.first(2).startsWith(share)).as("a longer one").isFalse();
        assertThat(share.startsWith(RoundPlan.at(epoch, 0, 2, 2, 7).shares().get(0)))
                .as("smaller minibatches")
                .isFalse();
        assertThat(share.startsWith(RoundPlan.at(epoch, 8, 2, 2, 8).shares().get(0)))
                .as("another beginning")
                .isFalse();
        assertThat(share.startsWith(RoundPlan.at(epoch, 0, 1, 2, 8).shares().get(0)))
                .as("that of another number of replicas")
                .isTrue();
        ReplicaShare idle = RoundPlan.at(epoch, 100, 1, 2, 8).shares().get(0);
        assertThat(idle.startsWith(share)).as("none").isFalse();
    }

    private static RoundPlan round(GeneratedSplit split, EpochPlan epoch, long position) {
        return RoundPlan.at(epoch, position, split.workers(), split.minibatches(), split.batchSize());
    }

    private static List<List<String>> minibatches(ReplicaShare share) {
        return IntStream.range(0, share.minibatches())
                .mapToObj(index -> references(share.minibatch(index)))
                .toList();
    }
}
