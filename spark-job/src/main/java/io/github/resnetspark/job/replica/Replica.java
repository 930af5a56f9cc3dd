package io.github.resnetspark.job.replica;

import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.Thumbnail;
import io.github.resnetspark.job.exchange.WorkerReport;
import io.github.resnetspark.job.input.FloatArrays;
import io.github.resnetspark.job.input.MinibatchLoader;
import io.github.resnetspark.job.input.MinibatchReader;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.input.TrainingFeed;
import io.github.resnetspark.job.plan.ReplicaShare;
import io.github.resnetspark.kernels.Acceleration;
import io.github.resnetspark.predict.BatchNetwork;
import io.github.resnetspark.predict.PictureBatch;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * One copy of the network with its own data loader. The same thread uses it for its whole life, because DL4J's
 * workspaces belong to threads. {@link ReplicaPool} ensures that.
 */
public final class Replica implements PooledReplica.Averaged {
    private final LearningRate learningRate = new LearningRate();
    private final ComputationGraph net;
    private final GraphState state;
    /** For the training pictures, which are the same for a whole run. */
    private volatile TrainingFeed feed;

    private volatile boolean waiting;

    /** The training loop of the current round, and what is to be loaded after it. */
    private FitLoop<MinibatchLoader.Minibatch> loop;

    private FitTask.Work work;

    private INDArray pictures;
    private INDArray labels;
    /** The parameters that the network predicts with; {@code null} if it trains. */
    private float[] predictsWith;

    Replica(ReplicaSpec spec) {
        this.net = spec.learner(learningRate, 0);
        this.state = new GraphState(net);
    }

    /** Replicas that have loaded this share ahead come first, those that have loaded another share last. */
    static Comparator<Replica> readiestFor(TrainingFeed.EpochShare share) {
        return Comparator.comparingInt(replica -> replica.expected()
                .map(share::startsWith)
                .map(right -> right ? 0 : 2)
                .orElse(1));
    }

    private Optional<TrainingFeed.EpochShare> expected() {
        return feed == null ? Optional.empty() : feed.expected();
    }

    /**
     * Starts to load the pictures of a round, while the state is being received.
     *
     * @param source must be the same in every call
     * @param index of this replica in the task
     */
    Replica begin(MinibatchSource source, FitTask task, int index) {
        if (feed == null) {
            feed = new TrainingFeed(source);
        }
        predictsWith = null;
        Acceleration.unsettle(net);
        work = task.work().get(index);
        // Without examples it only takes part in the averaging.
        List<Future<MinibatchLoader.Minibatch>> minibatches =
                work.now().share().minibatches() == 0 ? List.of() : feed.minibatches(work.now());
        loop = new FitLoop<>(net, new FitLoop.Minibatches<>() {
            @Override
            public MinibatchLoader.Minibatch await(int minibatch) throws InterruptedException {
                return Replica.this.await(minibatches.get(minibatch));
            }

            @Override
            public int fit(int minibatch, MinibatchLoader.Minibatch loaded) {
                learningRate.set(task.rate(minibatch));
                fill(loaded, feed.loader());
                net.fit(new INDArray[] {pictures}, new INDArray[] {labels});
                return loaded.size();
            }
        });
        return this;
    }

    private MinibatchLoader.Minibatch await(Future<MinibatchLoader.Minibatch> minibatch) throws InterruptedException {
        waiting = !minibatch.isDone();
        try {
            return MinibatchReader.await(minibatch);
        } finally {
            waiting = false;
        }
    }

    @Override
    public boolean isWaiting() {
        return waiting;
    }

    @Override
    public int minibatchesReady() {
        TrainingFeed now = feed;
        return now == null ? 0 : now.loader().made();
    }

    @Override
    public GraphState state() {
        return state;
    }

    /**
     * Trains on the minibatches {@code from} (inclusive) to {@code to} (exclusive) of the current round, as far as it
     * has that many.
     *
     * @return their number of examples
     */
    long fit(int from, int to) throws InterruptedException {
        int end = Math.min(to, work.now().share().minibatches());
        return from < end ? loop.fit(from, end) : 0;
    }

    /** Ends the round: starts to load the pictures of the next one, and reports. */
    WorkerReport.Replica end() {
        feed.expect(work.coming());
        return loop.report();
    }

    /** Ends a warm-up: forgets its pictures, and frees the memory that they take. */
    Replica rest() {
        feed.close();
        feed = null;
        // Both refer to minibatches, which are on the heap.
        loop = null;
        work = null;
        closeInputs();
        return this;
    }

    /** Receives the network's output for each picture. */
    @FunctionalInterface
    public interface Answers {
        /**
         * Called once for each picture.
         *
         * @param probabilities {@code [classes]}
         * @param label the picture's class
         * @param thumbnail the picture, as a {@code data:} URI; may be called until this method returns
         */
        void of(float[] probabilities, int label, Supplier<String> thumbnail);
    }

    /**
     * Classifies a share of a split, picture by picture.
     *
     * @param mirrored whether the probabilities are the means over each picture and its mirror image
     */
    public void classify(
            MinibatchSource source, float[] parameters, ReplicaShare share, boolean mirrored, Answers answers)
            throws InterruptedException {
        try (MinibatchLoader loader = new MinibatchLoader(source)) {
            List<Future<MinibatchLoader.Minibatch>> coming = loader.load(share, 0);
            predictWith(parameters);
            for (Future<MinibatchLoader.Minibatch> future : coming) {
                MinibatchLoader.Minibatch minibatch = await(future);
                int[] classes = minibatch.classes().clone();
                float[][] ofMirrorImages = mirrored ? ofMirrorImages(minibatch) : new float[0][];
                fill(minibatch, loader);
                float[][] probabilities = net.outputSingle(false, pictures).toFloatMatrix();
                for (int i = 0; i < ofMirrorImages.length; i++) {
                    for (int label = 0; label < probabilities[i].length; label++) {
                        probabilities[i][label] = (probabilities[i][label] + ofMirrorImages[i][label]) / 2;
                    }
                }
                for (int i = 0; i < classes.length; i++) {
                    int index = i;
                    answers.of(
                            probabilities[i],
                            classes[i],
                            () -> thumbnail(pictures.slice(index), source.preprocessing()));
                }
            }
        }
    }

    private float[][] ofMirrorImages(MinibatchLoader.Minibatch minibatch) {
        minibatch.mirror();
        copy(minibatch);
        float[][] probabilities = net.outputSingle(false, pictures).toFloatMatrix();
        minibatch.mirror();
        return probabilities;
    }

    private static String thumbnail(INDArray picture, Preprocessing preprocessing) {
        return Thumbnail.ofInput(
                picture.dup('c').data().asFloat(), preprocessing.inputSize(), preprocessing.normalization());
    }

    /** The probabilities for a batch of pictures, {@code [N][classes]}. */
    public float[][] classify(float[] parameters, PictureBatch batch) {
        predictWith(parameters);
        return new BatchNetwork(net).probabilities(batch);
    }

    @SuppressWarnings("ReferenceEquality") // Spark gives all tasks of an executor the same array.
    private void predictWith(float... parameters) {
        if (predictsWith != parameters) {
            state.fill(parameters);
            Acceleration.settle(net);
            predictsWith = parameters;
        }
    }

    /** Copies a minibatch to native memory, which is reused if the size is the same, and gives its buffers back. */
    private void fill(MinibatchLoader.Minibatch minibatch, MinibatchLoader loader) {
        copy(minibatch);
        loader.release(minibatch);
    }

    private void copy(MinibatchLoader.Minibatch minibatch) {
        int side = minibatch.side();
        if (pictures == null || pictures.size(0) != minibatch.size() || pictures.size(2) != side) {
            closeInputs();
            pictures = Nd4j.createUninitializedDetached(DataType.FLOAT, minibatch.size(), 3, side, side);
            labels = Nd4j.createUninitializedDetached(
                    DataType.FLOAT, minibatch.size(), minibatch.labels().length / minibatch.size());
        }
        FloatArrays.write(minibatch.pictures(), pictures);
        FloatArrays.write(minibatch.labels(), labels);
    }

    private void closeInputs() {
        if (pictures != null) {
            pictures.close();
            labels.close();
            pictures = null;
            labels = null;
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
     * The learning rate of a replica, which is set before each minibatch. The position in the run is known to the
     * driver's schedule, but not to the network.
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

        /** Returns the same object: DL4J copies its configuration, and a change must reach every copy. */
        @Override
        @SuppressWarnings("MissingSuperCall") // It must not be copied.
        public LearningRate clone() {
            return this;
        }
    }
}
