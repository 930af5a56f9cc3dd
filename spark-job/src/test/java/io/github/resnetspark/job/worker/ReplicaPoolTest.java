package io.github.resnetspark.job.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.job.averaging.ParameterSlices;
import io.github.resnetspark.job.averaging.RawFloats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicaPoolTest {
    private static final Numbered.Source SOURCE = new Numbered.Source("numbered");

    @AfterEach
    void close() {
        ReplicaPool.close(SOURCE.run());
    }

    @Test
    void lendsAReplicaAgainAndAlwaysOnItsOwnThread() throws Exception {
        Numbered first = ReplicaPool.lend(SOURCE, lent -> lent.ask(replica -> replica));

        Thread worked = ReplicaPool.lend(SOURCE, lent -> {
            assertThat(lent.idle()).isSameAs(first);
            return lent.ask(replica -> Thread.currentThread());
        });

        assertThat(worked).isSameAs(first.made).isNotSameAs(Thread.currentThread());
    }

    @Test
    void doesNotShareReplicasOfAnotherSource() throws Exception {
        Numbered.Source other = new Numbered.Source("another run");
        Numbered first = ReplicaPool.lend(SOURCE, lent -> lent.ask(replica -> replica));
        Numbered second = ReplicaPool.lend(other, lent -> lent.ask(replica -> replica));
        ReplicaPool.close(other.run());

        assertThat(second).isNotSameAs(first);
        assertThat(second.closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(first.closed.getCount()).isOne();
    }

    @Test
    void lendsTheBestOfThoseThatAreIdle() throws Exception {
        ReplicaPool.lend(
                SOURCE,
                one -> ReplicaPool.lend(
                        SOURCE,
                        two -> ReplicaPool.lend(SOURCE, three -> {
                            one.ask(replica -> replica.number = 1);
                            two.ask(replica -> replica.number = 3);
                            return three.ask(replica -> replica.number = 2);
                        })));
        Comparator<Numbered> largest =
                Comparator.comparingInt((Numbered replica) -> replica.number).reversed();

        List<Integer> order = ReplicaPool.lend(
                SOURCE,
                largest,
                one -> ReplicaPool.lend(
                        SOURCE,
                        largest,
                        two -> List.of(one.ask(replica -> replica.number), two.ask(replica -> replica.number))));

        assertThat(order).containsExactly(3, 2);
    }

    @Test
    void doesNotLendAReplicaAgainWhoseUseFailed() throws Exception {
        Numbered first = ReplicaPool.lend(SOURCE, lent -> lent.ask(replica -> replica));

        assertThatThrownBy(() -> ReplicaPool.lend(
                        SOURCE,
                        lent -> lent.ask(replica -> {
                            throw new IllegalStateException("as a test");
                        })))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("as a test");

        assertThat(first.closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ReplicaPool.<Numbered, Numbered>lend(SOURCE, lent -> lent.ask(replica -> replica)))
                .isNotSameAs(first);
    }

    @Test
    void readsAStateInTheTasksThreadFromTheWorkersOwnSliceOn() throws Exception {
        StateSlices slices = new StateSlices(4, 2, new ParameterSlices(6, 3));
        List<Thread> readers = new ArrayList<>();

        Numbered loaded = ReplicaPool.lend(SOURCE, lent -> {
            lent.load(slices, 4, slice -> {
                readers.add(Thread.currentThread());
                return RawFloats.of(slice, slice);
            });
            return lent.ask(replica -> replica);
        });

        assertThat(loaded.slices).containsExactly(1, 2, 0);
        assertThat(readers).hasSize(3).containsOnly(Thread.currentThread());
    }

    /** A replica without a network. */
    private static final class Numbered implements PooledReplica {
        private final Thread made = Thread.currentThread();
        private final CountDownLatch closed = new CountDownLatch(1);
        private final List<Integer> slices = new ArrayList<>();
        private int number;

        record Source(String run) implements ReplicaSource<Numbered> {
            @Override
            public Numbered make() {
                return new Numbered();
            }
        }

        @Override
        public void load(StateSlices cut, int slice, RawFloats values) {
            assertThat(values.length()).isEqualTo(cut.slices().size(slice));
            assertThat(Thread.currentThread()).isSameAs(made);
            slices.add(slice);
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
