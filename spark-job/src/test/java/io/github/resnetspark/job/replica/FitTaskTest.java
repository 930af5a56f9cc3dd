package io.github.resnetspark.job.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.exchange.NetworkState;
import io.github.resnetspark.job.exchange.RoundTask;
import io.github.resnetspark.job.exchange.StateSlices;
import io.github.resnetspark.job.input.GeneratedShards;
import io.github.resnetspark.job.input.MinibatchLoader;
import io.github.resnetspark.job.input.ShardSet;
import io.github.resnetspark.job.input.TrainingFeed;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.RoundPlan;
import io.github.resnetspark.job.plan.WorkerShare;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.shard.Split;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.TaskContext$;
import org.apache.spark.TaskContextImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

class FitTaskTest {
    private static final ResNetSpec NETWORK = GeneratedShards.NETWORK;
    private static final String RUN = "tasks";

    @TempDir
    Path folder;

    private FitTask.Context context;
    private NetworkState start;
    private List<WorkerShare> first;
    private List<WorkerShare> second;

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
    void picturesOfTheNextRoundAreLoadedAhead() throws Exception {
        try (TrainingFeed feed = new TrainingFeed(context.source())) {
            for (Future<MinibatchLoader.Minibatch> minibatch :
                    feed.minibatches(new TrainingFeed.EpochShare(first.get(0), 0))) {
                feed.loader().release(minibatch.get());
            }
            feed.expect(Optional.of(new TrainingFeed.EpochShare(second.get(0), 0)));

            assertThat(feed.expected()).isPresent();
            List<Future<MinibatchLoader.Minibatch>> ahead =
                    feed.minibatches(new TrainingFeed.EpochShare(second.get(0), 0));
            assertThat(ahead).hasSize(3);
            // It is never requested, and two minibatches may be loaded.
            assertThat(ahead.get(1).get().size()).isEqualTo(8);
            assertThat(ahead.get(0)).isDone();
            assertThat(feed.expected()).isEmpty();
        }
    }

    private RoundTask.Result run(WorkerShare share, Optional<WorkerShare> next) throws InterruptedException {
        FitTask task = new FitTask(
                new TrainingFeed.EpochShare(share, 0),
                new double[] {0.05, 0.05, 0.05},
                next.map(coming -> new TrainingFeed.EpochShare(coming, 0)));
        return task.run(context, start.reader(context.slices()));
    }

    /** The whole state in one vector. */
    private float[] state(RoundTask.Result result) {
        NetworkState state = context.slices().join(result.slices());
        float[] all = Arrays.copyOf(state.parameters(), state.parameters().length + state.updaterState().length);
        System.arraycopy(state.updaterState(), 0, all, state.parameters().length, state.updaterState().length);
        return all;
    }
}
