package io.github.resnetspark.job.worker;

import io.github.resnetspark.job.plan.WorkerShare;
import io.github.resnetspark.resnet.LearningRule;
import io.github.resnetspark.resnet.ResNet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * One copy of the network with its own loader. Used by one thread for its whole life, for DL4J's workspaces belong to
 * threads; {@link ReplicaPool} sees to that.
 */
public final class Replica implements PooledReplica {
    private final LearningRate learningRate = new LearningRate();
    private final ComputationGraph net;
    /** Of the training pictures, which are the same for a whole run. */
    private MinibatchLoader trainingLoader;

    private INDArray pictures;
    private INDArray labels;

    Replica(ReplicaSpec spec) {
        Nesterovs updater = new Nesterovs(learningRate, spec.momentum());
        this.net = ResNet.create(spec.network(), new LearningRule(updater, spec.weightDecay()), 0, DataType.FLOAT);
    }

    /**
     * Trains on a share of a round.
     *
     * @param source the same in every call
     * @param rates the learning rate of each minibatch
     * @return the network's state afterwards, and how it went
     */
    FitResult fit(MinibatchSource source, NetworkState start, WorkerShare share, int epoch, double[] rates)
            throws InterruptedException {
        long begin = System.nanoTime();
        if (trainingLoader == null) {
            trainingLoader = new MinibatchLoader(source);
        }
        List<Future<Minibatch>> minibatches = trainingLoader.load(share, epoch);
        load(start);
        double loadSeconds = secondsSince(begin);
        double computeSeconds = 0;
        double waitSeconds = 0;
        double lossSum = 0;
        int divergedAt = -1;
        for (int i = 0; i < minibatches.size(); i++) {
            long waiting = System.nanoTime();
            Minibatch minibatch = await(minibatches.get(i));
            long computing = System.nanoTime();
            waitSeconds += (computing - waiting) / 1e9;
            learningRate.set(rates[i]);
            fill(minibatch, trainingLoader);
            net.fit(new INDArray[] {pictures}, new INDArray[] {labels});
            lossSum += net.score() * minibatch.size();
            computeSeconds += secondsSince(computing);
            if (divergedAt < 0 && !Double.isFinite(lossSum)) {
                divergedAt = i;
            }
        }
        NetworkState end = state();
        if (divergedAt < 0 && !end.isFinite()) {
            // The loss is computed before the update, so the last minibatch's damage shows in the parameters only.
            divergedAt = minibatches.size() - 1;
        }
        WorkerReport report = new WorkerReport(
                share.worker(), share.examples().size(), lossSum, divergedAt, loadSeconds, computeSeconds, waitSeconds);
        return new FitResult(end, report);
    }

    /** Counts how a share of a split is classified. */
    EvaluationCounts evaluate(MinibatchSource source, float[] parameters, WorkerShare share)
            throws InterruptedException {
        try (MinibatchLoader loader = new MinibatchLoader(source)) {
            List<Future<Minibatch>> minibatches = loader.load(share, 0);
            FloatArrays.write(parameters, net.params());
            EvaluationCounts counts = EvaluationCounts.NONE;
            for (Future<Minibatch> future : minibatches) {
                Minibatch minibatch = await(future);
                int[] classes = minibatch.classes().clone();
                fill(minibatch, loader);
                float[][] probabilities = net.outputSingle(false, pictures).toFloatMatrix();
                for (int i = 0; i < classes.length; i++) {
                    counts = counts.plus(probabilities[i], classes[i]);
                }
            }
            return counts;
        }
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

    private void load(NetworkState state) {
        FloatArrays.write(state.parameters(), net.params());
        INDArray updaterState = net.getUpdater().getStateViewArray();
        if (updaterState != null) {
            FloatArrays.write(state.updaterState(), updaterState);
        }
    }

    private NetworkState state() {
        INDArray updaterState = net.getUpdater().getStateViewArray();
        return new NetworkState(
                FloatArrays.read(net.params()), updaterState == null ? new float[0] : FloatArrays.read(updaterState));
    }

    private static Minibatch await(Future<Minibatch> minibatch) throws InterruptedException {
        try {
            return minibatch.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof ExecutionException decoding ? decoding.getCause() : e.getCause();
            throw cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
        }
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
        if (trainingLoader != null) {
            trainingLoader.close();
        }
        closeInputs();
        net.close();
    }
}
