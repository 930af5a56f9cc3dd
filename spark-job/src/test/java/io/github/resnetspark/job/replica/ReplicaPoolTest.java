package io.github.resnetspark.job.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.BatchNormMoments.RunningStatistics;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.job.exchange.RoundTask;
import io.github.resnetspark.job.exchange.StateReader;
import io.github.resnetspark.job.exchange.StateSlices;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext$;
import org.apache.spark.TaskContextImpl;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Nesterovs;
import scala.Option;

class ReplicaPoolTest {
    private static final Numbered.Source SOURCE = new Numbered.Source("numbered");

    @AfterEach
    void close() {
        ReplicaPool.close(SOURCE.run());
    }

    @Test
    void reusesAReplicaAlwaysOnItsOwnThread() throws Exception {
        Numbered first = ReplicaPool.lend(SOURCE, lent -> lent.ask(replica -> replica));

        Thread worked = ReplicaPool.lend(SOURCE, lent -> {
            assertThat(lent.idle()).isSameAs(first);
            return lent.ask(replica -> Thread.currentThread());
        });

        assertThat(worked).isSameAs(first.made).isNotSameAs(Thread.currentThread());
    }

    @Test
    void closesIdleReplicasOfARunIfAnotherRunNeedsTheSlot() throws Exception {
        Numbered.Source other = new Numbered.Source("another run");
        Numbered first = ReplicaPool.lend(SOURCE, lent -> lent.ask(replica -> replica));
        Numbered second = ReplicaPool.lend(other, lent -> lent.ask(replica -> replica));

        assertThat(second).isNotSameAs(first);
        assertThat(first.closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(second.closed.getCount()).isOne();

        ReplicaPool.close(other.run());

        assertThat(second.closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void lendsTheBestIdleReplica() throws Exception {
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

        List<Integer> order = ReplicaPool.lendToTask(
                SOURCE, List.of(largest, largest), two -> two.askAll((replica, index) -> replica.number));

        assertThat(order).containsExactly(3, 2);
    }

    @Test
    void lendsAReplicaUntilTheTaskEnds() throws Exception {
        TaskContextImpl task = TaskContext$.MODULE$.empty();
        TaskContext$.MODULE$.setTaskContext(task);
        try {
            Numbered first = ReplicaPool.lendToTask(
                    SOURCE, List.of(ReplicaPool.anyOfThem()), lent -> lent.ask(0, replica -> replica));
            Numbered meanwhile = ReplicaPool.lend(SOURCE, lent -> lent.ask(replica -> replica));

            task.markTaskCompleted(Option.empty());

            assertThat(meanwhile).isNotSameAs(first);
            assertThat(ReplicaPool.<Numbered, List<Numbered>>lend(
                            SOURCE,
                            one -> ReplicaPool.lend(
                                    SOURCE, two -> List.of(one.ask(replica -> replica), two.ask(replica -> replica)))))
                    .containsExactlyInAnyOrder(first, meanwhile);
        } finally {
            TaskContext$.MODULE$.unset();
        }
    }

    @Test
    void slicesAreViewsExceptForTheOneThatSpansBothParts() throws Exception {
        StateSlices slices = new StateSlices(4, 4, new StateSlices.Slices(8, 3));

        List<float[]> read = ReplicaPool.lend(
                SOURCE,
                lent -> lent.ask(replica -> {
                    GraphState state = replica.state();
                    state.write(slices, 0, RawFloats.of(0, 1, 2).bytes());
                    state.write(slices, 1, RawFloats.of(3, 4, 5).bytes());
                    state.write(slices, 2, RawFloats.of(6, 7).bytes());
                    List<RawFloats> there = state.slices(slices);
                    replica.net.params().muli(10);
                    replica.net.getUpdater().getStateViewArray().muli(10);
                    return there.stream().map(RawFloats::toArray).toList();
                }));

        assertThat(read).containsExactly(new float[] {0, 10, 20}, new float[] {3, 4, 5}, new float[] {60, 70});
    }

    @Test
    void addsReplicasForALaterTaskAndLeavesIdleOnesAlone() throws Exception {
        Numbered idle = ReplicaPool.lend(SOURCE, lent -> lent.ask(replica -> replica));

        boolean added = ReplicaPool.add(SOURCE, 1, 2, lent -> lent.ask(0, replica -> replica.number = 7));

        assertThat(added).isTrue();
        List<Numbered> both = ReplicaPool.lend(SOURCE, 2, lent -> lent.askAll((replica, index) -> replica));
        assertThat(both).contains(idle).extracting(replica -> replica.number).containsExactlyInAnyOrder(0, 7);
    }

    @Test
    void addsNoMoreReplicasThanTheTasksOfAnExecutorNeed() throws Exception {
        List<Numbered> made = ReplicaPool.lend(SOURCE, 2, lent -> {
            assertThat(ReplicaPool.add(SOURCE, 2, 1, more -> more)).as("lent").isFalse();
            return lent.askAll((replica, index) -> replica);
        });

        assertThat(ReplicaPool.add(SOURCE, 2, 1, more -> more)).as("idle").isFalse();
        ReplicaPool.close(SOURCE.run());
        for (Numbered replica : made) {
            assertThat(replica.closed.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ReplicaPool.add(SOURCE, 2, 1, more -> more)).as("closed").isTrue();
    }

    @Test
    void doesNotReuseAReplicaWhoseUseFailed() throws Exception {
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
    void readsAStateInTheTasksThread() throws Exception {
        // The third of four parameters is a running mean, and the fourth its variance.
        RoundTask.Context context = new Context(
                new BatchNormMoments(List.of(new RunningStatistics(2, 3, 1))),
                new StateSlices(4, 4, new StateSlices.Slices(8, 4)));
        List<Thread> readers = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        StateReader reader = (slices, reading) -> {
            for (int slice : slices) {
                readers.add(Thread.currentThread());
                order.add(slice);
                reading.of(slice, RawFloats.of(10 * slice, 10 * slice + 1).bytes());
            }
        };

        Numbered loaded = ReplicaPool.lend(SOURCE, 1, lent -> {
            LentReplicas.load(lent, context, 5, reader);
            return lent.ask(0, replica -> replica);
        });

        assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(readers).hasSize(4).containsOnly(Thread.currentThread());
        assertThat(loaded.net.params().toFloatVector()).containsExactly(0, 1, 10, 11);
        assertThat(loaded.net.getUpdater().getStateViewArray().toFloatVector()).containsExactly(20, 21, 30, 31);
    }

    @Test
    void eachWorkerRequestsSlicesInADifferentOrder() throws Exception {
        StateSlices slices = new StateSlices(4, 4, new StateSlices.Slices(8, 8));
        RoundTask.Context context = new Context(new BatchNormMoments(List.of(new RunningStatistics(2, 3, 1))), slices);
        Set<Integer> first = new HashSet<>();

        for (int worker = 0; worker < 8; worker++) {
            int index = worker;
            ReplicaPool.lend(SOURCE, 1, lent -> {
                LentReplicas.load(lent, context, index, (asked, reading) -> first.add(asked.get(0)));
                return lent;
            });
        }

        assertThat(first).hasSizeGreaterThan(3);
    }

    @Test
    void completesWorkOnBorrowedBytesEvenIfTheTaskIsInterrupted() throws Exception {
        StateSlices slices = new StateSlices(4, 4, new StateSlices.Slices(8, 1));
        RoundTask.Context context = new Context(new BatchNormMoments(List.of(new RunningStatistics(2, 3, 1))), slices);
        byte[] bytes = RawFloats.of(1, 2, 3, 4, 5, 6, 7, 8).bytes().array();

        Numbered loaded = ReplicaPool.lend(SOURCE, 1, lent -> {
            Thread.currentThread().interrupt();
            LentReplicas.load(lent, context, 0, (asked, reading) -> reading.of(0, ByteBuffer.wrap(bytes)));
            assertThat(Thread.interrupted()).isTrue();
            return lent.ask(0, replica -> replica);
        });

        assertThat(loaded.net.params().toFloatVector()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void allReplicasCompleteSharedWorkBeforeAnInterruptedTaskClosesThem() throws Exception {
        AtomicInteger done = new AtomicInteger();
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread task = Thread.currentThread();

        ReplicaPool.lend(SOURCE, 2, lent -> {
            lent.finishAll((replica, index) -> {
                if (index == 0) {
                    task.interrupt();
                    interrupted.countDown();
                } else {
                    interrupted.await();
                    // The task now does what it does when it is interrupted.
                    Thread.sleep(200);
                }
                return done.incrementAndGet();
            });
            assertThat(done).hasValue(2);
            assertThat(Thread.interrupted()).isTrue();
            return lent;
        });
    }

    @Test
    void loadsEverySliceOnceForAllReplicasOfATask() throws Exception {
        StateSlices slices = new StateSlices(4, 4, new StateSlices.Slices(8, 4));
        RoundTask.Context context = new Context(new BatchNormMoments(List.of(new RunningStatistics(2, 3, 1))), slices);
        List<Integer> received = new ArrayList<>();

        List<Numbered> loaded = ReplicaPool.lend(SOURCE, 3, lent -> {
            LentReplicas.load(lent, context, 0, (asked, reading) -> {
                for (int slice : asked) {
                    received.add(slice);
                    reading.of(slice, RawFloats.of(10 * slice, 10 * slice + 1).bytes());
                }
            });
            return lent.askAll((replica, index) -> replica);
        });

        assertThat(received).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(loaded).doesNotHaveDuplicates().hasSize(3).allSatisfy(replica -> {
            assertThat(replica.net.params().toFloatVector()).containsExactly(0, 1, 10, 11);
            assertThat(replica.net.getUpdater().getStateViewArray().toFloatVector())
                    .containsExactly(20, 21, 30, 31);
        });
        assertThat(loaded).extracting(replica -> replica.made).doesNotHaveDuplicates();
    }

    @Test
    void startsWithoutMomentumIfTheStateHasNone() throws Exception {
        RoundTask.Context context = new Context(
                new BatchNormMoments(List.of(new RunningStatistics(2, 3, 1))),
                new StateSlices(4, 0, new StateSlices.Slices(4, 1)));

        Numbered loaded = ReplicaPool.lend(SOURCE, 1, lent -> {
            lent.ask(0, replica -> replica.net.getUpdater().getStateViewArray().assign(7));
            LentReplicas.load(
                    lent,
                    context,
                    0,
                    (asked, reading) -> reading.of(0, RawFloats.of(1, 2, 3, 4).bytes()));
            return lent.ask(0, replica -> replica);
        });

        assertThat(loaded.net.params().toFloatVector()).containsExactly(1, 2, 3, 4);
        assertThat(loaded.net.getUpdater().getStateViewArray().toFloatVector()).containsOnly(0);
    }

    @Test
    void aFailureOfOneReplicaInterruptsTheOthersAndClosesAll() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        List<Numbered> used = new ArrayList<>();

        assertThatThrownBy(() -> ReplicaPool.lend(SOURCE, 2, lent -> {
                    used.addAll(lent.askAll((replica, index) -> replica));
                    return lent.askAll((replica, index) -> {
                        if (index == 0) {
                            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
                            throw new IllegalStateException("the first replica fails");
                        }
                        try {
                            begun.countDown();
                            return interrupted.await(1, TimeUnit.MINUTES);
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                            throw e;
                        }
                    });
                }))
                .hasMessage("the first replica fails");

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        for (Numbered replica : used) {
            assertThat(replica.closed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void convertsTheMomentsOfAnAverageToVariances() throws Exception {
        RoundTask.Context context = new Context(
                new BatchNormMoments(List.of(new RunningStatistics(2, 3, 1))),
                new StateSlices(4, 4, new StateSlices.Slices(8, 1)));
        StateReader reader = new StateReader() {
            @Override
            public void read(List<Integer> slices, Reading reading) throws InterruptedException {
                byte[] bytes = RawFloats.of(1, 2, 5, 11, 6, 7, 8, 9).bytes().array();
                // The first buffer ends within a float, and the next one contains the rest of the parameters and the
                // updater state.
                reading.of(
                        0, ByteBuffer.wrap(bytes, 0, 7), ByteBuffer.wrap(bytes, 7, 14), ByteBuffer.wrap(bytes, 21, 11));
            }

            @Override
            public Optional<float[]> centre() {
                return Optional.of(new float[] {3});
            }
        };

        Numbered loaded = ReplicaPool.lend(SOURCE, 1, lent -> {
            LentReplicas.load(lent, context, 0, reader);
            return lent.ask(0, replica -> replica);
        });

        // var = E[(x − 3)²] − (5 − 3)².
        assertThat(loaded.net.params().toFloatVector()).containsExactly(1, 2, 5, 7);
        assertThat(loaded.net.getUpdater().getStateViewArray().toFloatVector()).containsExactly(6, 7, 8, 9);
    }

    private record Context(BatchNormMoments moments, StateSlices slices) implements RoundTask.Context {}

    /** A replica of a network with four parameters. */
    private static final class Numbered implements PooledReplica.Averaged {
        private final Thread made = Thread.currentThread();
        private final CountDownLatch closed = new CountDownLatch(1);
        private final ComputationGraph net = network();
        private int number;

        record Source(String run) implements PooledReplica.Source<Numbered> {
            @Override
            public Numbered make() {
                return new Numbered();
            }
        }

        private static ComputationGraph network() {
            ComputationGraph net = new ComputationGraph(new NeuralNetConfiguration.Builder()
                    .updater(new Nesterovs(0.1, 0.9))
                    .graphBuilder()
                    .addInputs("in")
                    .addLayer("out", new OutputLayer.Builder().nIn(1).nOut(2).build(), "in")
                    .setOutputs("out")
                    .build());
            net.init();
            return net;
        }

        @Override
        public GraphState state() {
            assertThat(Thread.currentThread()).isSameAs(made);
            return new GraphState(net);
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
