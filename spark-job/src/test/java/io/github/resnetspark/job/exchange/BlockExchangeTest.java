package io.github.resnetspark.job.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.job.input.GeneratedShards;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.input.ShardSet;
import io.github.resnetspark.job.input.TrainingFeed;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.RoundPlan;
import io.github.resnetspark.job.replica.FitTask;
import io.github.resnetspark.job.replica.GraphState;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import io.github.resnetspark.shard.Split;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockId;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

class BlockExchangeTest {
    @TempDir
    Path folder;

    @Test
    void averagesWorkersByExamplesAndVariancesAsMoments() throws Exception {
        ResNetSpec network = new ResNetSpec(
                Family.CIFAR, 8, Block.BASIC, Variant.V1, Shortcut.B, true, false, GeneratedShards.CLASSES, 8);
        ReplicaSpec replica = new ReplicaSpec("by hand", network, 0.9, 1e-3);
        ShardSet shards = GeneratedShards.write(folder, Split.TRAIN, 41, 41, 7);
        MinibatchSource source = GeneratedShards.source(shards);
        ComputationGraph net = ResNet.create(network, 5);
        GraphState layout = new GraphState(net);
        NetworkState start = layout.withoutMomentum();
        // 41 examples in minibatches of at most 8 for three workers: two minibatches each, 14, 14 and 13 examples.
        List<FitTask> tasks = RoundPlan.at(EpochPlan.of(shards.rowGroups(), 1, 0, 2), 0, 3, 2, 8).shares().stream()
                .map(share -> FitTask.of(
                        new FitTask.Work(new TrainingFeed.EpochShare(share, 0, GeneratedShards.SIZE), Optional.empty()),
                        0.05,
                        0.05))
                .toList();
        List<NetworkState> alone = new ArrayList<>();
        List<Long> examples = new ArrayList<>();
        BatchNormMoments moments = layout.moments();
        float[] centre = moments.means(FloatBuffer.wrap(start.parameters())::get);
        StateSlices slices = StateSlices.of(start, 4);
        FitTask.Context context = new FitTask.Context(replica, source, moments, slices);
        for (FitTask task : tasks) {
            RoundTask.Result result = task.run(context, start.reader(slices));
            NetworkState state = slices.join(result.slices());
            moments.toVariances(FloatBuffer.wrap(state.parameters()), centre);
            alone.add(state);
            examples.add(result.report().examples());
        }

        Exchange.Result result;
        NetworkState averaged;
        NetworkState fromExecutors;
        NetworkState fromDriver;
        long later;
        try (JavaSparkContext spark = LocalSpark.open(2);
                BlockExchange<FitTask.Context> exchange = new BlockExchange<>(spark, context, Spares.none())) {
            result = exchange.round(AveragedState.of(start), tasks);
            averaged = result.state().get();
            Exchange.Result second = exchange.round(result.state(), tasks);
            fromExecutors = second.state().get();
            later = second.times().driverBytes();
            Exchange.Result third = exchange.round(result.state().onlyOnDriver(), tasks);
            fromDriver = third.state().get();
            SliceBlocks last = third.state().onExecutors().orElseThrow().slices();
            assertThat(keptBlocks(slices.count()))
                    .as("what executors keep: the slices of the last average")
                    .containsExactlyInAnyOrder(last.id(0), last.id(1), last.id(2), last.id(3));
        } finally {
            ReplicaPool.close(replica.run());
        }

        assertThat(examples).containsExactly(14L, 14L, 13L);
        int weight = Math.toIntExact(net.getParam("stage2-block1-conv1_W").offset()) + 3;
        assertThat((double) averaged.parameters()[weight])
                .isCloseTo(mean(examples, alone, state -> state.parameters()[weight]), within(1e-7));
        assertThat((double) averaged.updaterState()[17])
                .isCloseTo(mean(examples, alone, state -> state.updaterState()[17]), within(1e-7));
        int mean = Math.toIntExact(net.getParam("stem-bn_mean").offset()) + 2;
        int variance = Math.toIntExact(net.getParam("stem-bn_var").offset()) + 2;
        double meanOfMeans = mean(examples, alone, state -> state.parameters()[mean]);
        double secondMoment = mean(
                examples,
                alone,
                state -> state.parameters()[variance] + (double) state.parameters()[mean] * state.parameters()[mean]);
        assertThat((double) averaged.parameters()[mean]).isCloseTo(meanOfMeans, within(1e-7));
        assertThat((double) averaged.parameters()[variance])
                .isCloseTo(secondMoment - meanOfMeans * meanOfMeans, within(1e-6));
        assertThat(result.times().driverBytes())
                .as("one state out, one state in, for three workers")
                .isEqualTo(2 * slices.bytes());
        assertThat(later).as("one state in").isEqualTo(slices.bytes());
        assertThat(fromExecutors.parameters())
                .isEqualTo(fromDriver.parameters())
                .isNotEqualTo(averaged.parameters());
        assertThat(fromExecutors.updaterState()).isEqualTo(fromDriver.updaterState());
    }

    @Test
    void repeatsARoundAsSoonAsItsStartIsKnownToBeLost() throws Exception {
        ResNetSpec network = new ResNetSpec(
                Family.CIFAR, 8, Block.BASIC, Variant.V1, Shortcut.B, true, false, GeneratedShards.CLASSES, 8);
        ReplicaSpec replica = new ReplicaSpec("lost", network, 0.9, 1e-3);
        ShardSet shards = GeneratedShards.write(folder, Split.TRAIN, 8, 8, 7);
        GraphState layout = new GraphState(ResNet.create(network, 5));
        NetworkState start = layout.withoutMomentum();
        FitTask.Context context = new FitTask.Context(
                replica, GeneratedShards.source(shards), layout.moments(), StateSlices.of(start, 2));
        FitTask fit = FitTask.of(
                new FitTask.Work(
                        new TrainingFeed.EpochShare(
                                RoundPlan.at(EpochPlan.of(shards.rowGroups(), 1, 0, 2), 0, 1, 1, 8)
                                        .shares()
                                        .get(0),
                                0,
                                GeneratedShards.SIZE),
                        Optional.empty()),
                0.05);
        CompletableFuture<AveragedState.OnDriver> onItsWay = new CompletableFuture<>();
        LostTask.waiting =
                () -> onItsWay.completeExceptionally(new SliceBlocks.LostSliceException("its executor is gone"));
        NetworkState expected;
        NetworkState afterTheLoss;
        NetworkState afterAnEarlierLoss;
        try (JavaSparkContext spark = LocalSpark.open(1);
                BlockExchange<FitTask.Context> exchange = new BlockExchange<>(spark, context, Spares.none())) {
            Exchange.Result first = exchange.round(AveragedState.of(start), List.of(fit));
            NetworkState average = first.state().get();
            expected = exchange.round(AveragedState.of(average), List.of(fit))
                    .state()
                    .get();
            AveragedState lost = AveragedState.of(
                    Collecting.of(onItsWay), first.state().onExecutors().orElseThrow(), () -> average);

            afterTheLoss =
                    exchange.round(lost, List.of(new LostTask(fit))).state().get();
            AveragedState lostBefore = AveragedState.of(
                    Collecting.of(
                            CompletableFuture.failedFuture(new SliceBlocks.LostSliceException("its executor is gone"))),
                    first.state().onExecutors().orElseThrow(),
                    () -> average);
            afterAnEarlierLoss =
                    exchange.round(lostBefore, List.of(fit)).state().get();
        } finally {
            ReplicaPool.close(replica.run());
        }

        assertThat(afterAnEarlierLoss.parameters()).isEqualTo(expected.parameters());
        assertThat(afterTheLoss.parameters()).isEqualTo(expected.parameters());
    }

    /** Waits for ever, because its round cannot succeed. */
    private record LostTask(FitTask fit) implements RoundTask<FitTask.Context> {
        private static volatile Runnable waiting;

        @Override
        public int worker() {
            return fit.worker();
        }

        @Override
        public int minibatches() {
            return fit.minibatches();
        }

        @Override
        public RoundTask.Result run(FitTask.Context context, StateReader start) throws InterruptedException {
            Runnable first = waiting;
            if (first != null) {
                waiting = null;
                first.run();
                for (int waited = 0; waited < 3000; waited++) {
                    if (TaskContext.get().isInterrupted()) {
                        throw new TaskKilledException("the round was given up");
                    }
                    Thread.sleep(10);
                }
                throw new IllegalStateException("the round was not given up");
            }
            return fit.run(context, start);
        }
    }

    @Test
    void leavesNoSlicesOnExecutorsAfterAFailedRound() throws Exception {
        StateSlices slices = new StateSlices(1, 1, new StateSlices.Slices(2, 2));
        BareContext context = new BareContext(new BatchNormMoments(List.of()), slices);
        NetworkState start = new NetworkState(new float[1], new float[1]);
        try (JavaSparkContext spark = LocalSpark.open(1);
                BlockExchange<BareContext> exchange = new BlockExchange<>(spark, context, Spares.none())) {
            List<BareTask> tasks = List.of(new BareTask(0, 1), new BareTask(1, 2));
            assertThatThrownBy(() -> exchange.round(AveragedState.of(start), tasks))
                    .hasMessageContaining(
                            "(java.lang.IllegalArgumentException: Worker 1 sent 2 values but worker 0 sent 1).");

            assertThat(keptBlocks(0)).isEmpty();
        }
    }

    private record BareContext(BatchNormMoments moments, StateSlices slices) implements RoundTask.Context {}

    /** Returns this number of values in its second slice; two are one too many. */
    private record BareTask(int worker, int values) implements RoundTask<BareContext> {
        @Override
        public int minibatches() {
            return 1;
        }

        @Override
        public RoundTask.Result run(BareContext context, StateReader start) {
            return new RoundTask.Result(
                    List.of(RawFloats.of(worker), RawFloats.of(new float[values])),
                    WorkerReport.of(worker, 0, List.of(new WorkerReport.Replica(8, 0, -1, 0, 0))));
        }
    }

    /** The blocks that are left, after Spark's background removal has left at most this number. */
    private static List<BlockId> keptBlocks(int most) throws InterruptedException {
        List<BlockId> kept = keptBlocks();
        for (int look = 0; look < 100 && kept.size() > most; look++) {
            Thread.sleep(50);
            kept = keptBlocks();
        }
        return kept;
    }

    private static List<BlockId> keptBlocks() {
        return JavaConverters.seqAsJavaList(
                SparkEnv.get().blockManager().getMatchingBlockIds(new AbstractFunction1<>() {
                    @Override
                    public Object apply(BlockId id) {
                        return id.isRDD();
                    }
                }));
    }

    private interface Value {
        double of(NetworkState state);
    }

    private static double mean(List<Long> examples, List<NetworkState> states, Value value) {
        return (examples.get(0) * value.of(states.get(0))
                        + examples.get(1) * value.of(states.get(1))
                        + examples.get(2) * value.of(states.get(2)))
                / 41;
    }
}
