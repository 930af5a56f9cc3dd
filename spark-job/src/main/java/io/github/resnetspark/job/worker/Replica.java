package io.github.resnetspark.job.worker;

import io.github.resnetspark.job.plan.WorkerShare;
import io.github.resnetspark.predict.BatchNetwork;
import io.github.resnetspark.predict.PictureBatch;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One copy of the network with its own loader. Used by one thread for its whole life, for DL4J's workspaces belong to
 * threads; {@link ReplicaPool} sees to that.
 */
public final class Replica implements AveragedReplica {
    private final LearningRate learningRate = new LearningRate();
    private final ComputationGraph net;
    private final NativeState state;
    /** Of the training pictures, which are the same for a whole run. */
    private TrainingFeed feed;

    /** Of the part of a round that was begun. */
    private List<Future<Minibatch>> minibatches = List.of();

    private INDArray pictures;
    private INDArray labels;

    Replica(ReplicaSpec spec) {
        this.net = spec.learner(learningRate, 0);
        this.state = new NativeState(net);
    }

    /** Replicas that make ready what a share needs come first, those that do it for another share last. */
    static Comparator<Replica> readiestFor(EpochShare share) {
        return Comparator.comparingInt(replica -> replica.expected()
                .map(share::isSameAs)
                .map(same -> same ? 0 : 2)
                .orElse(1));
    }

    private Optional<EpochShare> expected() {
        return feed == null ? Optional.empty() : feed.expected();
    }

    /**
     * Begins a part of a round: its pictures are made from now on, while the state comes in.
     *
     * @param source the same in every call
     */
    Replica begin(MinibatchSource source, FitTask task) {
        if (feed == null) {
            feed = new TrainingFeed(source);
        }
        minibatches = feed.minibatches(task.work());
        return this;
    }

    @Override
    public NativeState state() {
        return state;
    }

    /**
     * Trains on the share of a round that was begun, from the state that was loaded.
     *
     * @param loadSeconds how long that took
     * @return the network's state afterwards, and how it went
     */
    FitResult fit(FitContext context, FitTask task, double loadSeconds) throws InterruptedException {
        float[] centre = context.moments().means(state.parameters()::get);
        double computeSeconds = 0;
        double waitSeconds = 0;
        double lossSum = 0;
        int divergedAt = -1;
        for (int i = 0; i < minibatches.size(); i++) {
            long waiting = System.nanoTime();
            Minibatch minibatch = MinibatchReader.await(minibatches.get(i));
            long computing = System.nanoTime();
            waitSeconds += (computing - waiting) / 1e9;
            learningRate.set(task.rate(i));
            fill(minibatch, feed.loader());
            net.fit(new INDArray[] {pictures}, new INDArray[] {labels});
            lossSum += net.score() * minibatch.size();
            computeSeconds += secondsSince(computing);
            if (divergedAt < 0 && !Double.isFinite(lossSum)) {
                divergedAt = i;
            }
        }
        feed.expect(task.next());
        context.moments().toMoments(state.parameters(), centre);
        WorkerReport report = new WorkerReport(
                task.worker(),
                task.share().examples().size(),
                lossSum,
                divergedAt,
                loadSeconds,
                computeSeconds,
                waitSeconds);
        return new FitResult(state.slices(context.slices()), report);
    }

    /** Counts how a share of a split is classified. */
    EvaluationCounts evaluate(MinibatchSource source, float[] parameters, WorkerShare share)
            throws InterruptedException {
        try (MinibatchLoader loader = new MinibatchLoader(source)) {
            List<Future<Minibatch>> minibatches = loader.load(share, 0);
            FloatArrays.write(parameters, net.params());
            EvaluationTally tally = new EvaluationTally();
            for (Future<Minibatch> future : minibatches) {
                Minibatch minibatch = MinibatchReader.await(future);
                int[] classes = minibatch.classes().clone();
                fill(minibatch, loader);
                float[][] probabilities = net.outputSingle(false, pictures).toFloatMatrix();
                for (int i = 0; i < classes.length; i++) {
                    tally.add(probabilities[i], classes[i]);
                }
            }
            return tally.counts();
        }
    }

    /** The probabilities that the network gives pictures: {@code [N][classes]}. */
    public float[][] classify(float[] parameters, PictureBatch batch) {
        FloatArrays.write(parameters, net.params());
        return new BatchNetwork(net).probabilities(batch);
    }

    /** Copies a minibatch to native memory, which is kept while the size stays the same, and gives its buffers back. */
    private void fill(Minibatch minibatch, MinibatchLoader loader) {
        if (pictures == null || pictures.size(0) != minibatch.size()) {
            closeInputs();
            int size = loader.source().preprocessing().inputSize();
            pictures = Nd4j.createUninitializedDetached(DataType.FLOAT, minibatch.size(), 3, size, size);
            labels = Nd4j.createUninitializedDetached(
                    DataType.FLOAT, minibatch.size(), loader.source().shards().classes());
        }
        FloatArrays.write(minibatch.pictures(), pictures);
        FloatArrays.write(minibatch.labels(), labels);
        loader.release(minibatch);
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private void closeInputs() {
        if (pictures != null) {
            pictures.close();
            labels.close();
        }
    }

    @Override
    public void close() {
        if (feed != null) {
            feed.close();
        }
        closeInputs();
        net.close();
    }
}
