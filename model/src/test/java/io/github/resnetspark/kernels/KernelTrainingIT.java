package io.github.resnetspark.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Compares whole networks with our kernels and with DL4J's own. */
class KernelTrainingIT {
    private static final ResNetSpec SMALL = ResNetSpec.cifar(8, Shortcut.A, Networks.CLASSES);

    @TempDir
    Path folder;

    @BeforeEach
    void useTheSameDataEachTime() {
        Nd4j.getRandom().setSeed(42);
    }

    @Test
    void fiftyStepsOfTrainingHaveTheSameLosses() {
        INDArray pictures = Networks.pictures(8, 32);
        INDArray labels = Networks.labels(8);
        ComputationGraph ours = Networks.create(SMALL, rule(0.002), Acceleration.ONEDNN);
        ComputationGraph theirs = Networks.create(SMALL, rule(0.002), Acceleration.DL4J);

        for (int step = 0; step < 50; step++) {
            double expected = fit(theirs, pictures, labels);
            assertThat(fit(ours, pictures, labels)).as("step " + step).isCloseTo(expected, within(expected * 1e-3));
        }
        assertThat(ours.score()).isLessThan(2);
        ours.close();
    }

    @Test
    void aDampedResNet50HasTheSameLossAfterAStep() {
        INDArray pictures = Networks.pictures(4, 64);
        INDArray labels = Networks.labels(4);
        ComputationGraph ours = Networks.create(Networks.resNet50(64), rule(3e-4), Acceleration.ONEDNN);
        ComputationGraph theirs = Networks.create(Networks.resNet50(64), rule(3e-4), Acceleration.DL4J);
        Networks.damp(ours, 0.2);
        Networks.damp(theirs, 0.2);

        assertThat(fit(ours, pictures, labels)).isCloseTo(fit(theirs, pictures, labels), within(1e-5));
        assertThat(fit(ours, pictures, labels)).isCloseTo(fit(theirs, pictures, labels), within(1e-5));
        ours.close();
    }

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.network.EveryNetwork#small")
    void theFirstGradientEqualsDl4jsInDoublePrecision(ResNetSpec spec) {
        ComputationGraph ours = Networks.create(spec, Networks.NO_RULE, Acceleration.ONEDNN);
        ComputationGraph reference =
                Networks.inDouble(ours, ResNet.configuration(spec, Networks.NO_RULE, 5, DataType.DOUBLE));

        // If rounding moves a value across the edge of a ReLU, all gradients before it change.
        sameGradients(ours, reference, spec.input(), spec.batchNorm() ? 1e-2 : 1e-4);
    }

    @Test
    void longSkipsOfOneShapeHaveTheRightGradientInAnyOrder() {
        ComputationGraph ours = Acceleration.ONEDNN.create(LongSkips.configuration(DataType.FLOAT), Precision.F32);
        ComputationGraph reference = Networks.inDouble(ours, LongSkips.configuration(DataType.DOUBLE));

        sameGradients(ours, reference, LongSkips.SIDE, 1e-4);
    }

    @Test
    void listenersSeeTheSameActivationsAndDoNotChangeTheResult() {
        INDArray pictures = Networks.pictures(4, 32);
        INDArray labels = Networks.labels(4);
        ComputationGraph watched = Networks.create(SMALL, rule(0.01), Acceleration.ONEDNN);
        ComputationGraph alone = Networks.create(SMALL, rule(0.01), Acceleration.ONEDNN);
        watched.setListeners(new CollectScoresIterationListener());

        for (int step = 0; step < 3; step++) {
            assertThat(fit(watched, pictures, labels)).isCloseTo(fit(alone, pictures, labels), within(1e-5));
        }
        watched.close();
        alone.close();
    }

    @Test
    void activationsScoresAndOutputsEqualThoseOfDl4j() {
        INDArray pictures = Networks.pictures(3, 32);
        DataSet batch = new DataSet(pictures, Networks.labels(3));
        ComputationGraph ours = Networks.create(SMALL, rule(0.01), Acceleration.ONEDNN);
        ComputationGraph theirs = Networks.create(SMALL, rule(0.01), Acceleration.DL4J);
        ours.fit(batch);
        theirs.setParams(ours.params());

        for (boolean training : new boolean[] {false, true}) {
            var expected = theirs.feedForward(new INDArray[] {pictures}, training);
            var actual = ours.feedForward(new INDArray[] {pictures}, training);
            assertThat(actual.keySet()).isEqualTo(expected.keySet());
            expected.forEach((name, activation) -> {
                assertThat(actual.get(name).shape()).as(name).isEqualTo(activation.shape());
                // Outside training, DL4J's ReLU overwrites its input.
                INDArray seen = training ? actual.get(name) : Transforms.max(actual.get(name), 0);
                INDArray wanted = training ? activation : Transforms.max(activation, 0);
                assertThat(Networks.relativeError(seen, wanted)).as(name).isLessThan(1e-5);
            });
            assertThat(ours.score(batch, training)).isCloseTo(theirs.score(batch, training), within(1e-5));
        }
        assertThat(Networks.relativeError(ours.outputSingle(pictures), theirs.outputSingle(pictures)))
                .isLessThan(1e-5);
        ours.close();
    }

    @Test
    void minibatchesOfChangingSizesTrainAsInDl4j() {
        ComputationGraph ours = Networks.create(SMALL, rule(0.001), Acceleration.ONEDNN);
        ComputationGraph theirs = Networks.create(SMALL, rule(0.001), Acceleration.DL4J);

        for (int size : new int[] {8, 8, 3, 8, 12, 5, 7, 2, 8, 3}) {
            INDArray pictures = Networks.pictures(size, 32);
            INDArray labels = Networks.labels(size);
            assertThat(fit(ours, pictures, labels)).isCloseTo(fit(theirs, pictures, labels), within(1e-3));
            assertThat(Networks.relativeError(ours.outputSingle(pictures), theirs.outputSingle(pictures)))
                    .isLessThan(1e-3);
        }
        ours.close();
    }

    @Test
    void replicasOnSeparateThreadsGiveTheSameResultAsOneAlone() throws Exception {
        INDArray pictures = Networks.pictures(8, 32);
        INDArray labels = Networks.labels(8);
        Callable<INDArray> replica = () -> {
            ComputationGraph network = Networks.create(SMALL, rule(0.01), Acceleration.ONEDNN);
            for (int step = 0; step < 5; step++) {
                fit(network, pictures, labels);
            }
            INDArray parameters = network.params().dup();
            network.close();
            return parameters;
        };
        INDArray alone = replica.call();

        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<INDArray>> results = threads.invokeAll(List.of(replica, replica, replica));

        for (Future<INDArray> result : results) {
            assertThat(Networks.relativeError(result.get(), alone)).isLessThan(1e-6);
        }
        threads.shutdown();
    }

    @Test
    void aNetworkMadeOnOneThreadTrainsOnAnother() throws Exception {
        INDArray pictures = Networks.pictures(4, 32);
        INDArray labels = Networks.labels(4);
        ComputationGraph moved = Networks.create(SMALL, rule(0.01), Acceleration.ONEDNN);
        ComputationGraph stayed = Networks.create(SMALL, rule(0.01), Acceleration.ONEDNN);
        fit(moved, pictures, labels);
        fit(stayed, pictures, labels);

        ExecutorService thread = Executors.newSingleThreadExecutor();
        double loss = thread.submit(() -> fit(moved, pictures, labels)).get();
        thread.shutdown();

        assertThat(loss).isCloseTo(fit(stayed, pictures, labels), within(1e-6));
    }

    @Test
    void savesAStockDl4jNetwork() throws Exception {
        INDArray pictures = Networks.pictures(4, 32);
        ComputationGraph ours = Networks.create(SMALL, Networks.NO_RULE, Acceleration.ONEDNN);
        ModelSerializer.writeModel(ours, folder.resolve("net.zip").toFile(), false);

        ComputationGraph loaded = ModelSerializer.restoreComputationGraph(
                folder.resolve("net.zip").toFile());

        assertThat(loaded).isExactlyInstanceOf(ComputationGraph.class);
        assertThat(loaded.getConfiguration().toJson()).doesNotContain("resnetspark");
        assertThat(loaded.params()).isEqualTo(ours.params());
        assertThat(Networks.relativeError(ours.outputSingle(pictures), loaded.outputSingle(pictures)))
                .isLessThan(1e-5);
    }

    @Test
    void otherDataTypesRunWithDl4jsOwnKernels() {
        ComputationGraphConfiguration inDouble = ResNet.configuration(SMALL, Networks.NO_RULE, 5, DataType.DOUBLE);

        assertThat(Acceleration.AUTO.create(inDouble, Precision.F32)).isExactlyInstanceOf(ComputationGraph.class);
        assertThat(Networks.create(SMALL, Networks.NO_RULE, Acceleration.DL4J))
                .isExactlyInstanceOf(ComputationGraph.class);
        assertThat(Networks.create(SMALL, Networks.NO_RULE, Acceleration.AUTO)).isInstanceOf(AcceleratedGraph.class);
    }

    private static void sameGradients(ComputationGraph ours, ComputationGraph reference, int side, double tolerance) {
        INDArray pictures = Networks.pictures(4, side);
        INDArray labels = Networks.labels(4);
        gradient(ours, pictures, labels);
        gradient(reference, pictures.castTo(DataType.DOUBLE), labels.castTo(DataType.DOUBLE));

        List<String> wrong = new ArrayList<>();
        reference.gradient().gradientForVariable().forEach((name, expected) -> {
            double error = Networks.relativeError(ours.gradient().getGradientFor(name), expected);
            if (!(error < tolerance)) {
                wrong.add(name + " by " + error);
            }
        });
        assertThat(wrong).isEmpty();
        ours.close();
    }

    private static void gradient(ComputationGraph network, INDArray pictures, INDArray labels) {
        network.setInputs(pictures);
        network.setLabels(labels);
        network.computeGradientAndScore();
    }

    private static double fit(ComputationGraph network, INDArray pictures, INDArray labels) {
        network.fit(new INDArray[] {pictures}, new INDArray[] {labels});
        return network.score();
    }

    private static ResNet.LearningRule rule(double rate) {
        return new ResNet.LearningRule(new Nesterovs(rate, 0.9), 1e-4);
    }
}
