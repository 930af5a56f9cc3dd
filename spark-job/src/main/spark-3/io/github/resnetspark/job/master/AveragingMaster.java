package io.github.resnetspark.job.master;

import io.github.resnetspark.kernels.AccelSettings;
import java.util.Collection;
import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Trains a {@link SparkComputationGraph} on minibatches in files:
 * {@code new SparkComputationGraph(spark, net, new AveragingMaster(8, 10)).fitPaths(paths)} trains one epoch, in the
 * order of the paths. Parameters and updater state are averaged, weighted by examples. After {@code fitPaths} the
 * network contains the last average, from which the next call continues.
 *
 * <p>Unsupported parts of Deeplearning4j's interface throw an {@link UnsupportedOperationException} that says what to
 * use instead.
 */
public final class AveragingMaster implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {
    private final int workers;
    private final int averagingEvery;
    private final AccelSettings accel;
    private final String run = UUID.randomUUID().toString();

    /** Uses the fastest kernels with float32 results. See the other constructor for the parameters. */
    public AveragingMaster(int workers, int averagingEvery) {
        this(workers, averagingEvery, AccelSettings.DEFAULT);
    }

    /**
     * Creates a master.
     *
     * @param workers number of replicas that train in parallel, one per task slot, at least 1
     * @param averagingEvery minibatches per worker between two averagings, at least 1
     * @param accel which library computes the layers
     */
    public AveragingMaster(int workers, int averagingEvery, AccelSettings accel) {
        if (workers < 1 || averagingEvery < 1) {
            throw new IllegalArgumentException("Workers is " + workers + " and minibatches between two averagings is "
                    + averagingEvery + ", but both must be at least 1.");
        }
        this.workers = workers;
        this.averagingEvery = averagingEvery;
        this.accel = accel;
    }

    @Override
    public void executeTrainingPaths(
            SparkDl4jMultiLayer network,
            SparkComputationGraph graph,
            JavaRDD<String> trainingDataPaths,
            DataSetLoader dsLoader,
            MultiDataSetLoader mdsLoader) {
        if (graph == null) {
            throw refused("a MultiLayerNetwork", "convert it with toComputationGraph()");
        }
        if (dsLoader == null) {
            throw refused("a MultiDataSetLoader", "pass a DataSetLoader to fitPaths");
        }
        if (graph.getNetwork().params().dataType() != DataType.FLOAT) {
            throw refused(
                    "a network of " + graph.getNetwork().params().dataType(), "build it with dataType(DataType.FLOAT)");
        }
        new PathTraining(graph.getSparkContext(), workers, averagingEvery, accel, run)
                .epoch(graph.getNetwork(), trainingDataPaths.collect(), dsLoader);
    }

    @Override
    public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> trainingData) {
        throw refused("a MultiLayerNetwork", "convert it with toComputationGraph()");
    }

    @Override
    public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> trainingData) {
        throw refused("an RDD of DataSets", "save them as files once and call fitPaths");
    }

    @Override
    public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> trainingData) {
        throw refused("an RDD of MultiDataSets", "save DataSets as files once and call fitPaths");
    }

    @Override
    public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer network) {
        throw refused("a MultiLayerNetwork", "convert it with toComputationGraph()");
    }

    @Override
    public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
        throw refused("a TrainingWorker", "its replicas live in the executors; call fitPaths");
    }

    @Override
    public void addHook(TrainingHook trainingHook) {
        throw refused("TrainingHooks", "inspect the network between two calls of fitPaths");
    }

    @Override
    public void removeHook(TrainingHook trainingHook) {
        throw refused("TrainingHooks", "inspect the network between two calls of fitPaths");
    }

    @Override
    public void setListeners(Collection<TrainingListener> listeners) {
        refuseListeners(listeners);
    }

    @Override
    public void setListeners(StatsStorageRouter router, Collection<TrainingListener> listeners) {
        refuseListeners(listeners);
    }

    private static void refuseListeners(Collection<TrainingListener> listeners) {
        if (!listeners.isEmpty()) {
            throw refused("TrainingListeners", "inspect the network between two calls of fitPaths");
        }
    }

    @Override
    public void setCollectTrainingStats(boolean collectTrainingStats) {
        if (collectTrainingStats) {
            throw refused("training statistics", "read them in the log, which has a line for each round");
        }
    }

    @Override
    public boolean getIsCollectTrainingStats() {
        return false;
    }

    @Override
    public SparkTrainingStats getTrainingStats() {
        throw refused("training statistics", "read them in the log, which has a line for each round");
    }

    @Override
    public String toJson() {
        throw refused("JSON", "store the two numbers that its constructor takes");
    }

    @Override
    public String toYaml() {
        throw refused("YAML", "store the two numbers that its constructor takes");
    }

    /** There are no temporary files. */
    @Override
    public boolean deleteTempFiles(JavaSparkContext sc) {
        return true;
    }

    /** There are no temporary files. */
    @Override
    public boolean deleteTempFiles(SparkContext sc) {
        return true;
    }

    private static UnsupportedOperationException refused(String what, String instead) {
        return new UnsupportedOperationException("AveragingMaster does not support " + what + ": " + instead + ".");
    }
}
