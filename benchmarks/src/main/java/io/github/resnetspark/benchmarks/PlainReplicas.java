package io.github.resnetspark.benchmarks;

import io.github.resnetspark.job.input.FloatArrays;
import io.github.resnetspark.job.input.MinibatchLoader;
import io.github.resnetspark.job.input.MinibatchReader;
import io.github.resnetspark.job.plan.EpochPlan;
import io.github.resnetspark.job.plan.ReplicaShare;
import io.github.resnetspark.job.plan.RoundPlan;
import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.run.RecipePlan;
import io.github.resnetspark.job.run.TrainingPlan;
import io.github.resnetspark.shard.ShardDirectory;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

/**
 * Trains replicas of a recipe's network on the recipe's pictures, but without Spark and without averaging: the limit for as many workers.
 * Prints what {@link Throughput} prints.
 *
 * <p>Arguments: replicas, seconds, settings of the recipe.
 */
final class PlainReplicas {
    private static final double LEARNING_RATE = 0.01;

    private PlainReplicas() {}

    /** The main method of the process. */
    public static void main(String[] args) throws Exception {
        int replicas = Integer.parseInt(args[0]);
        double seconds = Double.parseDouble(args[1]);
        Recipe recipe = Recipe.load(Optional.empty(), Arrays.asList(args).subList(2, args.length), Need.SHARDS);
        Configuration hadoop = new Configuration();
        ShardDirectory shards = new ShardDirectory(new Path(recipe.shards().orElseThrow()), hadoop);
        TrainingPlan plan = RecipePlan.of(recipe, shards.readManifest(), shards, hadoop);
        Throughput.print(
                replicas, plan.batchSize(), seconds, replica -> new Training(plan, share(plan, replicas, replica)));
    }

    /** The pictures of one replica in the first epoch. */
    private static ReplicaShare share(TrainingPlan plan, int replicas, int replica) {
        EpochPlan epoch = EpochPlan.of(plan.training().shards().rowGroups(), plan.seed(), 0, plan.shuffleWindow());
        int minibatches = Math.toIntExact(epoch.examples() / ((long) replicas * plan.batchSize()));
        return RoundPlan.at(epoch, 0, replicas, minibatches, plan.batchSize())
                .shares()
                .get(replica);
    }

    /** Trains on one minibatch after another, and starts over after the last one. */
    private static final class Training implements Throughput.Step {
        private final ComputationGraph net;
        private final MinibatchLoader loader;
        private final ReplicaShare share;
        private final INDArray pictures;
        private final INDArray labels;
        private final Deque<Future<MinibatchLoader.Minibatch>> coming = new ArrayDeque<>();
        private int epoch;

        Training(TrainingPlan plan, ReplicaShare share) {
            this.share = share;
            net = plan.replica().learner(new FixedSchedule(LEARNING_RATE), 1);
            loader = new MinibatchLoader(plan.training());
            int side = plan.training().preprocessing().inputSize();
            pictures = Nd4j.createUninitializedDetached(DataType.FLOAT, plan.batchSize(), 3, side, side);
            labels = Nd4j.createUninitializedDetached(
                    DataType.FLOAT, plan.batchSize(), plan.training().shards().classes());
        }

        @Override
        public void run() throws InterruptedException {
            if (coming.isEmpty()) {
                List<Future<MinibatchLoader.Minibatch>> next = loader.load(share, epoch++);
                coming.addAll(next);
            }
            MinibatchLoader.Minibatch minibatch = MinibatchReader.await(coming.poll());
            FloatArrays.write(minibatch.pictures(), pictures);
            FloatArrays.write(minibatch.labels(), labels);
            loader.release(minibatch);
            net.fit(new INDArray[] {pictures}, new INDArray[] {labels});
        }
    }
}
