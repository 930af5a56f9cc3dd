package io.github.resnetspark.job.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.kernels.Acceleration;
import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import io.github.resnetspark.message.data.SparkFailures;
import io.github.resnetspark.message.model.KernelFailures;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

class AveragingMasterIT {
    private static final int CLASSES = 3;
    private static final int SIZE = 8;

    @TempDir
    static Path folder;

    private static JavaSparkContext spark;
    private static List<String> minibatches;

    @BeforeAll
    static void open() throws IOException {
        spark = LocalSpark.open(2);
        minibatches = write();
    }

    @AfterAll
    static void close() {
        spark.close();
    }

    /** The example of docs/training-master.md. */
    @Test
    void trainsANetworkFromMinibatchesInFiles() {
        ComputationGraph net = network();
        JavaRDD<String> paths = spark.parallelize(minibatches);
        SparkComputationGraph training = new SparkComputationGraph(spark, net, new AveragingMaster(2, 3));
        double before = net.score(all());

        for (int epoch = 0; epoch < 5; epoch++) {
            training.fitPaths(paths);
        }

        assertThat(training.getNetwork()).isSameAs(net);
        assertThat(net.score(all())).isLessThan(before / 2);
        // 13 minibatches in rounds of 2 × 3: three rounds of 3, 3 and 1.
        assertThat(net.getConfiguration().getIterationCount()).isEqualTo(5 * 7);
        assertThat(net.getConfiguration().getEpochCount()).isEqualTo(5);
    }

    @Test
    void oneWorkerEqualsPlainTraining() {
        ComputationGraph net = network();
        ComputationGraph alone = network();

        new SparkComputationGraph(spark, net, new AveragingMaster(1, 4)).fitPaths(spark.parallelize(minibatches));
        minibatches.forEach(path -> alone.fit(load(path)));

        // Up to rounding, because a variance is sent as a second moment.
        assertThat(largestDifference(net.params(), alone.params())).isLessThan(1e-5);
        assertThat(largestDifference(
                        net.getUpdater().getStateViewArray(), alone.getUpdater().getStateViewArray()))
                .isLessThan(1e-5);
    }

    @Test
    void aRoundIsTheMeanOfItsWorkersWeightedByExamples() {
        ComputationGraph net = network();
        ComputationGraph first = network();
        ComputationGraph second = network();
        // 8 and 5 examples: the last minibatch is smaller.
        List<String> two = List.of(minibatches.get(0), minibatches.get(12));

        new SparkComputationGraph(spark, net, new AveragingMaster(2, 1)).fitPaths(spark.parallelize(two));
        first.fit(load(two.get(0)));
        second.fit(load(two.get(1)));

        int weight = Math.toIntExact(net.getParam("stage2-block1-conv1_W").offset()) + 3;
        assertThat(net.params().getDouble(weight))
                .isCloseTo(
                        (8 * first.params().getDouble(weight)
                                        + 5 * second.params().getDouble(weight))
                                / 13,
                        within(1e-7));
        assertThat(net.getUpdater().getStateViewArray().getDouble(17))
                .isCloseTo(
                        (8 * first.getUpdater().getStateViewArray().getDouble(17)
                                        + 5
                                                * second.getUpdater()
                                                        .getStateViewArray()
                                                        .getDouble(17))
                                / 13,
                        within(1e-7));
    }

    @Test
    void distributesEveryPathOnceAndTheTailEvenly() {
        List<PathTask> tasks = PathTask.of(minibatches, 6, 3, 4, 10, 2);

        assertThat(tasks).extracting(task -> task.paths().size()).containsExactly(2, 2, 3);
        assertThat(tasks.stream().flatMap(task -> task.paths().stream())).isEqualTo(minibatches.subList(6, 13));
        assertThat(PathTask.of(minibatches, 12, 3, 4, 0, 0)).hasSize(1);
    }

    @Test
    void reportsAPathThatCannotBeLoaded() {
        SparkComputationGraph training = new SparkComputationGraph(spark, network(), new AveragingMaster(2, 1));

        assertThatThrownBy(() -> training.fitPaths(spark.parallelize(List.of("file:/nowhere/batch"))))
                .hasMessageContaining("Training failed")
                .hasMessageContaining("/nowhere/batch");
    }

    @Test
    void replicasUseTheConfiguredAcceleration() {
        AccelSettings impossible = new AccelSettings(Acceleration.DL4J, Precision.BF16);
        SparkComputationGraph training =
                new SparkComputationGraph(spark, network(), new AveragingMaster(1, 1, impossible));

        assertThatThrownBy(() -> training.fitPaths(spark.parallelize(minibatches)))
                .hasMessage(SparkFailures.unknown(
                        "Training", "java.lang.IllegalStateException: " + KernelFailures.bfloat16InDl4j()));
    }

    @Test
    void rejectsUnsupportedCalls() {
        AveragingMaster master = new AveragingMaster(2, 3);
        SparkComputationGraph training = new SparkComputationGraph(spark, network(), master);

        refused(
                () -> training.fit(spark.parallelize(List.<DataSet>of())),
                "an RDD of DataSets: save them as files once and call fitPaths.");
        refused(
                () -> training.fitPathsMultiDataSet(spark.parallelize(minibatches)),
                "a MultiDataSetLoader: pass a DataSetLoader to fitPaths.");
        refused(
                () -> training.fitMultiDataSet(spark.parallelize(List.of())),
                "an RDD of MultiDataSets: save DataSets as files once and call fitPaths.");
        refused(
                () -> training.setListeners(new ScoreIterationListener(1)),
                "TrainingListeners: inspect the network between two calls of fitPaths.");
        refused(
                () -> training.setCollectTrainingStats(true),
                "training statistics: read them in the log, which has a line for each round.");
        refused(master::toJson, "JSON: store the two numbers that its constructor takes.");
        refused(
                () -> master.executeTrainingPaths(null, null, null, null, null),
                "a MultiLayerNetwork: convert it with toComputationGraph().");
        assertThatThrownBy(() -> new AveragingMaster(0, 3))
                .hasMessage("Workers is 0 and minibatches between two averagings is 3, but both must be at least 1.");
        assertThat(master.deleteTempFiles(spark)).isTrue();
    }

    private static void refused(ThrowingCallable call, String what) {
        assertThatThrownBy(call)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("AveragingMaster does not support " + what);
    }

    private static double largestDifference(INDArray one, INDArray other) {
        return Nd4j.math().abs(one.sub(other)).maxNumber().doubleValue();
    }

    private static ComputationGraph network() {
        ResNetSpec spec =
                new ResNetSpec(Family.CIFAR, 8, Block.BASIC, Variant.V1, Shortcut.B, true, false, CLASSES, SIZE);
        return ResNet.create(spec, new ResNet.LearningRule(new Nesterovs(0.05, 0.9), 1e-4), 5, DataType.FLOAT);
    }

    /** 13 files: twelve of 8 examples and one of 5, each of noise that is brighter in the channel of its class. */
    private static List<String> write() throws IOException {
        Nd4j.getRandom().setSeed(7);
        List<String> paths = new ArrayList<>();
        for (int file = 0; file < 13; file++) {
            Path path = folder.resolve("minibatch-" + file);
            minibatch(file == 12 ? 5 : 8).save(Files.newOutputStream(path));
            paths.add(path.toUri().toString());
        }
        return paths;
    }

    private static DataSet minibatch(int examples) {
        INDArray pictures = Nd4j.rand(DataType.FLOAT, examples, CLASSES, SIZE, SIZE);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, examples, CLASSES);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, i % CLASSES, 1);
            pictures.slice(i).slice(i % CLASSES).addi(1);
        }
        return new DataSet(pictures, labels);
    }

    private static DataSet load(String path) {
        DataSet minibatch = new DataSet();
        minibatch.load(Path.of(java.net.URI.create(path)).toFile());
        return minibatch;
    }

    private static DataSet all() {
        return DataSet.merge(minibatches.stream().map(AveragingMasterIT::load).toList());
    }
}
