package io.github.resnetspark.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Nesterovs;

/** The resident memory of the process outside the Java heap. */
class KernelMemoryIT {
    private static final ResNetSpec SMALL = ResNetSpec.cifar(8, Shortcut.A, Networks.CLASSES);
    private static final long MEGABYTE = 1 << 20;

    @Test
    void memoryDoesNotGrowOverManySteps() {
        INDArray[] pictures = {Networks.pictures(4, 32)};
        INDArray[] labels = {Networks.labels(4)};
        ComputationGraph network = create();
        fit(network, pictures, labels, 60);
        long before = settledBytes();

        fit(network, pictures, labels, 1000);

        // Leaking one gradient of the first stage per step would add up to 256 MB.
        assertThat(settledBytes() - before).isLessThan(64 * MEGABYTE);
        network.close();
    }

    @Test
    void memoryDoesNotGrowWithAListenerWhichKeepsDl4jFromReleasingGradients() {
        INDArray[] pictures = {Networks.pictures(64, 32)};
        INDArray[] labels = {Networks.labels(64)};
        ComputationGraph network = create();
        network.setListeners(new CollectScoresIterationListener());
        fit(network, pictures, labels, 30);
        long before = settledBytes();

        fit(network, pictures, labels, 400);

        // Leaking the gradient of the pictures in each step would add up to 315 MB.
        assertThat(settledBytes() - before).isLessThan(160 * MEGABYTE);
        network.close();
    }

    @Test
    void closingANetworkFreesItsMemory() {
        INDArray[] pictures = {Networks.pictures(16, 32)};
        INDArray[] labels = {Networks.labels(16)};
        trainAndClose(pictures, labels, 5);
        long before = settledBytes();

        trainAndClose(pictures, labels, 15);

        // One network uses about 30 MB.
        assertThat(settledBytes() - before).isLessThan(100 * MEGABYTE);
    }

    private static void trainAndClose(INDArray[] pictures, INDArray[] labels, int times) {
        for (int i = 0; i < times; i++) {
            ComputationGraph network = create();
            fit(network, pictures, labels, 2);
            network.close();
            network.close();
        }
    }

    private static ComputationGraph create() {
        return Networks.create(SMALL, new ResNet.LearningRule(new Nesterovs(0.01, 0.9), 1e-4), Acceleration.ONEDNN);
    }

    private static void fit(ComputationGraph network, INDArray[] pictures, INDArray[] labels, int steps) {
        for (int step = 0; step < steps; step++) {
            network.fit(pictures, labels);
        }
    }

    private static long settledBytes() {
        System.gc();
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Pointer.physicalBytes() - Runtime.getRuntime().totalMemory();
    }
}
