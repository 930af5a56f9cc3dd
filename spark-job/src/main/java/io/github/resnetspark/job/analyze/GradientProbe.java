package io.github.resnetspark.job.analyze;

import io.github.resnetspark.analysis.BackwardPass;
import io.github.resnetspark.analysis.BackwardPass.GradientFlow;
import io.github.resnetspark.analysis.BlockGradient;
import io.github.resnetspark.job.analyze.AnalyzedNetwork.Kind;
import io.github.resnetspark.job.input.MinibatchReader;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.plan.ReplicaShare;
import io.github.resnetspark.job.replica.PooledReplica;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.kernels.Acceleration;
import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import io.github.resnetspark.network.ResNet;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.schedule.FixedSchedule;

/** Trains one network without averaging, and measures its gradient at some steps. */
final class GradientProbe implements PooledReplica {
    /** The network that trains, on the fastest kernels. */
    private final ComputationGraph learner;
    /** The same network with DL4J's own layers, which can run vertex by vertex. */
    private final ComputationGraph looker;

    GradientProbe(Source source) {
        ReplicaSpec network = source.network();
        learner = network.learner(new FixedSchedule(source.rate()), source.seed());
        looker = ResNet.create(
                network.network(),
                new ResNet.LearningRule(new NoOp(), 0),
                source.seed(),
                DataType.FLOAT,
                new AccelSettings(Acceleration.DL4J, Precision.F32));
    }

    /** Runs the steps. The gradient is always that of the first minibatch, which is also trained on. */
    List<GradientSnapshot> run(Task task) throws InterruptedException {
        List<GradientSnapshot> snapshots = new ArrayList<>();
        try (MinibatchReader reader = new MinibatchReader(task.source(), task.share(), 0)) {
            DataSet first = reader.next();
            try {
                int last = task.steps().get(task.steps().size() - 1);
                for (int step = 0; step <= last; step++) {
                    if (task.steps().contains(step)) {
                        snapshots.add(look(task, step, first));
                    }
                    if (step == 0 && step < last) {
                        learn(first);
                    } else if (step < last) {
                        learnOnce(reader.next());
                    }
                }
            } finally {
                close(first);
            }
        }
        return snapshots;
    }

    /** Frees the native memory now, because the next garbage collection may be far away. */
    private void learnOnce(DataSet minibatch) {
        try {
            learn(minibatch);
        } finally {
            close(minibatch);
        }
    }

    private void learn(DataSet minibatch) {
        learner.fit(new INDArray[] {minibatch.getFeatures()}, new INDArray[] {minibatch.getLabels()});
    }

    private static void close(DataSet minibatch) {
        minibatch.getFeatures().close();
        minibatch.getLabels().close();
    }

    private GradientSnapshot look(Task task, int step, DataSet minibatch) {
        looker.params().assign(learner.params());
        GradientFlow flow = BackwardPass.of(looker, minibatch.getFeatures(), minibatch.getLabels());
        return new GradientSnapshot(task.kind(), step, flow.loss(), BlockGradient.allOf(looker, flow));
    }

    @Override
    public void close() {
        learner.close();
        looker.close();
    }

    /**
     * The network of a gradient probe.
     *
     * @param network the network and its optimizer
     * @param rate its learning rate
     * @param seed of its initial weights
     */
    record Source(ReplicaSpec network, double rate, long seed) implements PooledReplica.Source<GradientProbe> {
        @Override
        public String run() {
            return network.run();
        }

        @Override
        public GradientProbe make() {
            return new GradientProbe(this);
        }
    }

    /**
     * One task of the gradient analysis: all measurements of one network.
     *
     * @param kind with skip connections or without
     * @param probe the network
     * @param source the training pictures
     * @param share of these pictures: one minibatch for each step, and the one for the gradient
     * @param steps at which to measure, in rising order, from 0
     */
    record Task(Kind kind, Source probe, MinibatchSource source, ReplicaShare share, List<Integer> steps)
            implements Serializable {

        List<GradientSnapshot> run() throws InterruptedException {
            try {
                return ReplicaPool.lend(probe, lent -> lent.ask(replica -> replica.run(this)));
            } finally {
                ReplicaPool.close(probe.run());
            }
        }
    }
}
