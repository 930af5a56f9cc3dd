package io.github.resnetspark.job.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.resnetspark.job.exchange.NetworkState;
import io.github.resnetspark.job.exchange.RoundTask;
import io.github.resnetspark.job.exchange.StateSlices;
import io.github.resnetspark.job.exchange.WorkerReport;
import io.github.resnetspark.job.input.GeneratedShards;
import io.github.resnetspark.job.input.MinibatchLoader;
import io.github.resnetspark.job.input.MinibatchReader;
import io.github.resnetspark.job.input.ShardSet;
import io.github.resnetspark.job.input.TrainingFeed;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.ReplicaShare;
import io.github.resnetspark.job.plan.RoundPlan;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.shard.Split;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.TaskContext$;
import org.apache.spark.TaskContextImpl;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.schedule.FixedSchedule;
import scala.Option;

class FitTaskTest {
    private static final ResNetSpec NETWORK = GeneratedShards.NETWORK;
    private static final String RUN = "tasks";

    @TempDir
    Path folder;

    private FitTask.Context context;
    private NetworkState start;
    private List<ReplicaShare> first;
    private List<ReplicaShare> second;

    @BeforeEach
    void twoRoundsOfTwoWorkers() throws Exception {
        ShardSet shards = GeneratedShards.write(folder, Split.TRAIN, 100, 40, 7);
        GraphState layout = new GraphState(ResNet.create(NETWORK, 5));
        start = layout.withoutMomentum();
        context = new FitTask.Context(
                new ReplicaSpec(RUN, NETWORK, 0.9, 1e-3),
                GeneratedShards.source(shards),
                layout.moments(),
                StateSlices.of(start, 3));
        EpochPlan order = EpochPlan.of(shards.rowGroups(), 1, 0, 2);
        first = RoundPlan.at(order, 0, 2, 3, 8).shares();
        second = RoundPlan.at(order, 48, 2, 3, 8).shares();
    }

    @AfterEach
    void close() {
        ReplicaPool.close(RUN);
    }

    @Test
    void aSpeculativeCopyOfATaskIsBitIdentical() throws Exception {
        ExecutorService slots = Executors.newFixedThreadPool(2);
        try {
            Callable<double[]> attempt = () -> {
                TaskContextImpl task = TaskContext$.MODULE$.empty();
                TaskContext$.MODULE$.setTaskContext(task);
                RoundTask.Result result = run(first.get(0), Optional.empty());
                float[] state = state(result);
                double[] stateAndLoss = new double[state.length + 1];
                for (int i = 0; i < state.length; i++) {
                    stateAndLoss[i] = state[i];
                }
                stateAndLoss[state.length] = result.report().lossSum();
                task.markTaskCompleted(Option.empty());
                return stateAndLoss;
            };
            Future<double[]> task = slots.submit(attempt);
            Future<double[]> copy = slots.submit(attempt);

            assertThat(copy.get()).isEqualTo(task.get());
        } finally {
            slots.shutdown();
        }
    }

    @Test
    void loadingAheadDoesNotChangeTheResult() throws Exception {
        float[] unguessed = state(run(second.get(0), Optional.empty()));

        run(first.get(0), Optional.of(second.get(0)));
        float[] guessed = state(run(second.get(0), Optional.empty()));
        run(first.get(0), Optional.of(second.get(1)));
        float[] guessedWrongly = state(run(second.get(0), Optional.empty()));

        assertThat(guessed).isEqualTo(unguessed);
        assertThat(guessedWrongly).isEqualTo(unguessed);
    }

    @Test
    void aWarmReplicaGivesTheSameBitsAsANewOne() throws Exception {
        float[] cold = state(run(first.get(0), Optional.empty()));
        float[] coldWithoutMomentum = stateWithoutMomentum();
        ReplicaPool.close(RUN);
        List<FitTask.Work> work = List.of(new FitTask.Work(
                new TrainingFeed.EpochShare(second.get(1), 0, GeneratedShards.SIZE), Optional.empty()));

        // At a rate that changes everything, so that whatever is left over would show.
        new WarmUp(new FitTask(0, work, new double[] {0.5, 0.5, 0.5}, 3)).run(context, 1);

        float[] left = ReplicaPool.lend(
                context.replica(),
                lent -> lent.ask(replica -> {
                    float[] momentum = new float[replica.state().updaterState().capacity()];
                    replica.state().updaterState().get(0, momentum);
                    return momentum;
                }));
        assertThat(left).as("the momentum of the replica that was warmed").isNotEqualTo(new float[left.length]);
        assertThat(stateWithoutMomentum()).isEqualTo(coldWithoutMomentum);
        assertThat(ReplicaPool.add(context.replica(), 1, 2, more -> more))
                .as("there was no second replica")
                .isTrue();
        ReplicaPool.close(RUN);
        new WarmUp(new FitTask(0, work, new double[] {0.5, 0.5, 0.5}, 3)).run(context, 1);
        assertThat(state(run(first.get(0), Optional.empty()))).isEqualTo(cold);
    }

    /** After a round with a momentum that is not transferred. */
    private float[] stateWithoutMomentum() throws InterruptedException {
        NetworkState parameters = new NetworkState(start.parameters(), new float[0]);
        FitTask.Context alone = new FitTask.Context(
                context.replica(), context.source(), context.moments(), StateSlices.of(parameters, 3));
        RoundTask.Result result = FitTask.of(
                        new FitTask.Work(
                                new TrainingFeed.EpochShare(first.get(0), 0, GeneratedShards.SIZE), Optional.empty()),
                        0.05,
                        0.05,
                        0.05)
                .run(alone, parameters.reader(alone.slices()));
        return alone.slices().join(result.slices()).parameters();
    }

    @Test
    void picturesOfTheNextRoundAreLoadedAhead() throws Exception {
        try (TrainingFeed feed = new TrainingFeed(context.source())) {
            for (Future<MinibatchLoader.Minibatch> minibatch :
                    feed.minibatches(new TrainingFeed.EpochShare(first.get(0), 0, GeneratedShards.SIZE))) {
                feed.loader().release(minibatch.get());
            }
            feed.expect(Optional.of(new TrainingFeed.EpochShare(second.get(0), 0, GeneratedShards.SIZE)));

            assertThat(feed.expected()).isPresent();
            List<Future<MinibatchLoader.Minibatch>> ahead =
                    feed.minibatches(new TrainingFeed.EpochShare(second.get(0), 0, GeneratedShards.SIZE));
            assertThat(ahead).hasSize(3);
            // It is never requested, and two minibatches may be loaded.
            assertThat(ahead.get(1).get().size()).isEqualTo(8);
            assertThat(ahead.get(0)).isDone();
            assertThat(feed.expected()).isEmpty();
        }
    }

    /** The reference is a network that is trained without this project's averaging. */
    @Test
    void averagingWithinAWorkerAfterEveryMinibatchEqualsTrainingOnTheJointBatch() throws Exception {
        ResNetSpec network = GeneratedShards.network(false);
        ComputationGraph net = new ReplicaSpec("joint", network, 0.9, 1e-3).learner(new FixedSchedule(0.05), 5);
        GraphState joint = new GraphState(net);
        NetworkState before = joint.withoutMomentum();
        StateSlices slices = StateSlices.of(before, 3);
        FitTask.Context within = new FitTask.Context(
                new ReplicaSpec(RUN, network, 0.9, 1e-3), context.source(), joint.moments(), slices);
        List<FitTask.Work> work = first.stream()
                .map(share ->
                        new FitTask.Work(new TrainingFeed.EpochShare(share, 0, GeneratedShards.SIZE), Optional.empty()))
                .toList();

        RoundTask.Result result =
                new FitTask(0, work, new double[] {0.05, 0.05, 0.05}, 1).run(within, before.reader(slices));
        try (MinibatchReader one = new MinibatchReader(context.source(), first.get(0), 0);
                MinibatchReader other = new MinibatchReader(context.source(), first.get(1), 0)) {
            for (int minibatch = 0; minibatch < 3; minibatch++) {
                net.fit(DataSet.merge(List.of(one.next(), other.next())));
            }
        }

        NetworkState averaged = slices.join(result.slices());
        assertThat(averaged.parameters()).isNotEqualTo(before.parameters());
        assertThat(averaged.parameters()).containsExactly(joint.read().parameters(), offset(1e-6f));
        assertThat(averaged.updaterState()).containsExactly(joint.read().updaterState(), offset(1e-6f));
        assertThat(result.report().replicas())
                .extracting(WorkerReport.Replica::examples)
                .containsExactly(24L, 24L);
    }

    @Test
    void replicasThatHaveNoExamplesDoNotCount() throws Exception {
        float[] alone = state(run(first.get(0), Optional.empty()));
        List<FitTask.Work> work = Stream.of(idle(), first.get(0), idle())
                .map(share ->
                        new FitTask.Work(new TrainingFeed.EpochShare(share, 0, GeneratedShards.SIZE), Optional.empty()))
                .toList();

        RoundTask.Result result =
                new FitTask(0, work, new double[] {0.05, 0.05, 0.05}, 2).run(context, start.reader(context.slices()));

        // Second moments lose a little when they become variances in between.
        assertThat(state(result)).containsExactly(alone, offset(1e-4f));
        assertThat(result.report().examples()).isEqualTo(24);
    }

    /** A round is repeated if its average is lost. A replica without examples then expects the next share once more. */
    @Test
    void aReplicaThatLoadsAheadInTwoRoundsWithoutExamplesCanStillTrain() throws Exception {
        float[] expected = state(run(second.get(0), Optional.empty()));
        ReplicaPool.close(RUN);
        List<FitTask.Work> tail = List.of(
                new FitTask.Work(new TrainingFeed.EpochShare(first.get(0), 0, GeneratedShards.SIZE), Optional.empty()),
                new FitTask.Work(
                        new TrainingFeed.EpochShare(idle(), 0, GeneratedShards.SIZE),
                        Optional.of(new TrainingFeed.EpochShare(second.get(0), 0, GeneratedShards.SIZE))));
        for (int attempt = 0; attempt < 2; attempt++) {
            new FitTask(0, tail, new double[] {0.05, 0.05, 0.05}, 3).run(context, start.reader(context.slices()));
        }

        RoundTask.Result result =
                assertTimeoutPreemptively(Duration.ofMinutes(1), () -> run(second.get(0), Optional.empty()));

        assertThat(state(result)).isEqualTo(expected);
    }

    @Test
    void whatIsLoadedAheadMayBeTheBeginningOfAShare() throws Exception {
        float[] unguessed = state(run(second.get(0), Optional.empty()));

        for (int minibatches = 1; minibatches <= 2; minibatches++) {
            run(first.get(0), Optional.of(second.get(0).first(minibatches)));
            assertThat(state(run(second.get(0), Optional.empty()))).isEqualTo(unguessed);
        }
        try (TrainingFeed feed = new TrainingFeed(context.source())) {
            feed.expect(Optional.of(new TrainingFeed.EpochShare(second.get(0).first(1), 0, GeneratedShards.SIZE)));
            MinibatchLoader loader = feed.loader();

            assertThat(feed.minibatches(new TrainingFeed.EpochShare(second.get(0), 0, GeneratedShards.SIZE)))
                    .hasSize(3);
            assertThat(feed.loader()).as("nothing was loaded in vain").isSameAs(loader);
        }
    }

    @Test
    void picturesThatNoRoundNeedsAreDiscarded() throws Exception {
        try (TrainingFeed feed = new TrainingFeed(context.source())) {
            feed.expect(Optional.of(new TrainingFeed.EpochShare(first.get(0), 0, GeneratedShards.SIZE)));
            feed.expect(Optional.of(new TrainingFeed.EpochShare(second.get(0), 0, GeneratedShards.SIZE)));
            List<Future<MinibatchLoader.Minibatch>> ahead =
                    feed.minibatches(new TrainingFeed.EpochShare(second.get(0), 0, GeneratedShards.SIZE));

            assertThat(ahead.get(1).get(1, TimeUnit.MINUTES).size()).isEqualTo(8);
        }
    }

    private RoundTask.Result run(ReplicaShare share, Optional<ReplicaShare> next) throws InterruptedException {
        FitTask task = FitTask.of(
                new FitTask.Work(
                        new TrainingFeed.EpochShare(share, 0, GeneratedShards.SIZE),
                        next.map(coming -> new TrainingFeed.EpochShare(coming, 0, GeneratedShards.SIZE))),
                0.05,
                0.05,
                0.05);
        return task.run(context, start.reader(context.slices()));
    }

    /** A share without examples. */
    private ReplicaShare idle() {
        EpochPlan order = EpochPlan.of(context.source().shards().rowGroups(), 1, 0, 2);
        return RoundPlan.at(order, order.examples(), 1, 3, 8).shares().get(0);
    }

    /** The whole state in one vector. */
    private float[] state(RoundTask.Result result) {
        NetworkState state = context.slices().join(result.slices());
        float[] all = Arrays.copyOf(state.parameters(), state.parameters().length + state.updaterState().length);
        System.arraycopy(state.updaterState(), 0, all, state.parameters().length, state.updaterState().length);
        return all;
    }
}
