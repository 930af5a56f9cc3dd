package io.github.resnetspark.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * Runs rounds of one minibatch with dl4j-spark's own ParameterAveragingTrainingMaster, and prints the cost of a round in seconds: its
 * time minus the time of the minibatch, which is measured separately. The network has the same number of parameters as ResNet-50, in two
 * fully connected layers that train very fast.
 *
 * <p>Arguments: workers, rounds to warm up, rounds.
 */
final class StockRounds {
    private static final int INPUTS = 5000;
    private static final int CLASSES = 120;
    private static final int BATCH = LargeState.BATCH;

    private StockRounds() {}

    /** The main method of the process. */
    public static void main(String[] args) {
        int workers = Integer.parseInt(args[0]);
        int warmUp = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
                .updater(new Nesterovs(0.001, 0.9))
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                        "hidden",
                        new DenseLayer.Builder().nIn(INPUTS).nOut(INPUTS).build(),
                        "in")
                .addLayer(
                        "out",
                        new OutputLayer.Builder().nIn(INPUTS).nOut(CLASSES).build(),
                        "hidden")
                .setOutputs("out")
                .build();
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("stock"))) {
            ParameterAveragingTrainingMaster master = new ParameterAveragingTrainingMaster.Builder(workers, 1)
                    .batchSizePerWorker(BATCH)
                    .averagingFrequency(1)
                    .workerPrefetchNumBatches(0)
                    .saveUpdater(true)
                    .rddTrainingApproach(RDDTrainingApproach.Direct)
                    .build();
            SparkComputationGraph graph = new SparkComputationGraph(spark, configuration, master);
            graph.fit(pictures(spark, workers, warmUp));
            JavaRDD<DataSet> pictures = pictures(spark, workers, rounds);
            long begin = System.nanoTime();
            graph.fit(pictures);
            double seconds = (System.nanoTime() - begin) / 1e9 / rounds;
            double compute = fitSeconds(graph.getNetwork());
            System.err.printf(
                    Locale.ROOT, "stock: %.3f s per round, of which %.3f s for the minibatch%n", seconds, compute);
            System.out.println(Math.max(0, seconds - compute));
        }
    }

    private static JavaRDD<DataSet> pictures(JavaSparkContext spark, int workers, int rounds) {
        List<DataSet> pictures = new ArrayList<>();
        for (int i = 0; i < workers * rounds * BATCH; i++) {
            pictures.add(minibatch(1));
        }
        return spark.parallelize(pictures, workers);
    }

    private static double fitSeconds(ComputationGraph net) {
        DataSet minibatch = minibatch(BATCH);
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            long begin = System.nanoTime();
            net.fit(minibatch);
            best = Math.min(best, (System.nanoTime() - begin) / 1e9);
        }
        return best;
    }

    private static DataSet minibatch(int size) {
        DataSet minibatch =
                new DataSet(Nd4j.rand(DataType.FLOAT, size, INPUTS), Nd4j.zeros(DataType.FLOAT, size, CLASSES));
        for (int i = 0; i < size; i++) {
            minibatch.getLabels().putScalar(i, i, 1);
        }
        return minibatch;
    }
}
