package io.github.resnetspark.job.replica;

import io.github.resnetspark.job.exchange.RoundTask;
import io.github.resnetspark.job.input.FloatArrays;
import io.github.resnetspark.job.input.MinibatchLoader;
import io.github.resnetspark.job.input.MinibatchReader;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.input.TrainingFeed;
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
import org.nd4j.linalg.schedule.ISchedule;

/**
 * One copy of the network with its own loader. Used by one thread for its whole life, for DL4J's workspaces belong to
 * threads; {@link ReplicaPool} sees to that.
 */
public final class Replica implements PooledReplica.Averaged {
    private final LearningRate learningRate = new LearningRate();
    private final ComputationGraph net;
    private final GraphState state;
    /** Of the training pictures, which are the same for a whole run. */
    private TrainingFeed feed;

    /** Of the part of a round that was begun. */
    private List<Future<MinibatchLoader.Minibatch>> minibatches = List.of();

    private INDArray pictures;
    private INDArray labels;

    Replica(ReplicaSpec spec) {
        this.net = spec.learner(learningRate, 0);
        this.state = new GraphState(net);
    }

    /** Replicas that make ready what a share needs come first, those that do it for another share last. */
    static Comparator<Replica> readiestFor(TrainingFeed.EpochShare share) {
        return Comparator.comparingInt(replica -> replica.expected()
                .map(share::isSameAs)
                .map(same -> same ? 0 : 2)
                .orElse(1));
    }

    private Optional<TrainingFeed.EpochShare> expected() {
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
    public GraphState state() {
        return state;
    }

    /**
     * Trains on the share of a round that was begun, from the state that was loaded.
     *
     * @param loadSeconds how long that took
     * @return the network's state afterwards, and how it went
     */
    RoundTask.Result fit(FitTask.Context context, FitTask task, double loadSeconds) throws InterruptedException {
        RoundTask.Result result = new FitLoop(net, state)
                .run(context, task, loadSeconds, new FitLoop.Minibatches<MinibatchLoader.Minibatch>() {
                    @Override
                    public MinibatchLoader.Minibatch await(int index) throws InterruptedException {
                        return MinibatchReader.await(minibatches.get(index));
                    }

                    @Override
                    public int fit(int index, MinibatchLoader.Minibatch minibatch) {
                        learningRate.set(task.rate(index));
                        fill(minibatch, feed.loader());
                        net.fit(new INDArray[] {pictures}, new INDArray[] {labels});
                        return minibatch.size();
                    }
                });
        feed.expect(task.next());
        return result;
    }

    /** What is done with the network's answer to a picture. */
    @FunctionalInterface
    public interface Answers {
        /**
         * Takes one.
         *
         * @param probabilities {@code [classes]}
         * @param label the picture's class
         */
        void of(float[] probabilities, int label);
    }

    /** Classifies a share of a split, picture by picture. */
    public void classify(MinibatchSource source, float[] parameters, WorkerShare share, Answers answers)
            throws InterruptedException {
        try (MinibatchLoader loader = new MinibatchLoader(source)) {
            List<Future<MinibatchLoader.Minibatch>> coming = loader.load(share, 0);
            state.fill(parameters);
            for (Future<MinibatchLoader.Minibatch> future : coming) {
                MinibatchLoader.Minibatch minibatch = MinibatchReader.await(future);
                int[] classes = minibatch.classes().clone();
                fill(minibatch, loader);
                float[][] probabilities = net.outputSingle(false, pictures).toFloatMatrix();
                for (int i = 0; i < classes.length; i++) {
                    answers.of(probabilities[i], classes[i]);
                }
            }
        }
    }

    /** The probabilities that the network gives pictures: {@code [N][classes]}. */
    public float[][] classify(float[] parameters, PictureBatch batch) {
        state.fill(parameters);
        return new BatchNetwork(net).probabilities(batch);
    }

    /** Copies a minibatch to native memory, which is kept while the size stays the same, and gives its buffers back. */
    private void fill(MinibatchLoader.Minibatch minibatch, MinibatchLoader loader) {
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

    /**
     * The learning rate of a replica, set from outside before each minibatch: the driver's schedule knows the position in
     * the run, the network does not.
     */
    static final class LearningRate implements ISchedule {
        private static final long serialVersionUID = 1;

        private double rate;

        void set(double rate) {
            this.rate = rate;
        }

        @Override
        public double valueAt(int iteration, int epoch) {
            return rate;
        }

        /** The same object: DL4J copies its configuration, and every copy must follow. */
        @Override
        @SuppressWarnings("MissingSuperCall") // A copy is what must not be made.
        public LearningRate clone() {
            return this;
        }
    }
}
