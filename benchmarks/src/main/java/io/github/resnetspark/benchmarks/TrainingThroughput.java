package io.github.resnetspark.benchmarks;

import io.github.resnetspark.accel.LayerHelpers;
import io.github.resnetspark.resnet.LearningRule;
import io.github.resnetspark.resnet.ResNet;
import io.github.resnetspark.resnet.ResNetSpec;
import io.github.resnetspark.resnet.Shortcut;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/**
 * Trains on random pictures for a while and prints images per second. Runs in a process of its own, whose
 * {@code OMP_NUM_THREADS} says how many threads one replica has.
 *
 * <p>Arguments: {@code ours|stock}, depth of the CIFAR network, replicas, pictures of one minibatch, seconds.
 */
final class TrainingThroughput {
    private static final int WARM_UP_STEPS = 2;

    private TrainingThroughput() {}

    /** The entry of the process. */
    public static void main(String[] args) throws Exception {
        boolean stock = args[0].equals("stock");
        ResNetSpec spec = ResNetSpec.cifar(Integer.parseInt(args[1]), Shortcut.A, 10);
        int replicas = Integer.parseInt(args[2]);
        int batch = Integer.parseInt(args[3]);
        double seconds = Double.parseDouble(args[4]);

        CyclicBarrier warm = new CyclicBarrier(replicas);
        ExecutorService threads = Executors.newFixedThreadPool(replicas);
        List<Future<Double>> speeds = new ArrayList<>();
        for (int replica = 0; replica < replicas; replica++) {
            speeds.add(threads.submit(
                    () -> imagesPerSecond(stock ? stock(spec) : ours(spec), spec, batch, seconds, warm)));
        }
        double sum = 0;
        for (Future<Double> speed : speeds) {
            sum += speed.get();
        }
        threads.shutdown();
        System.out.println(sum);
    }

    private static double imagesPerSecond(
            ComputationGraph net, ResNetSpec spec, int batch, double seconds, CyclicBarrier warm) throws Exception {
        INDArray[] pictures = {Nd4j.randn(DataType.FLOAT, batch, 3, spec.input(), spec.input())};
        INDArray[] labels = {Nd4j.zeros(DataType.FLOAT, batch, spec.classes())};
        for (int i = 0; i < batch; i++) {
            labels[0].putScalar(i, i % spec.classes(), 1);
        }
        for (int step = 0; step < WARM_UP_STEPS; step++) {
            net.fit(pictures, labels);
        }
        warm.await();
        long begin = System.nanoTime();
        int steps = 0;
        double elapsed;
        do {
            net.fit(pictures, labels);
            steps++;
            elapsed = (System.nanoTime() - begin) / 1e9;
        } while (elapsed < seconds);
        return steps * batch / elapsed;
    }

    private static ComputationGraph ours(ResNetSpec spec) {
        return ResNet.create(spec, new LearningRule(new Nesterovs(0.001, 0.9), 1e-4), 1, DataType.FLOAT);
    }

    /** As whoever writes this network in DL4J gets it: no helpers, no cache, its own L2. */
    private static ComputationGraph stock(ResNetSpec spec) {
        ComputationGraphConfiguration configuration =
                ResNet.configuration(spec, new LearningRule(new Nesterovs(0.001, 0.9), 1e-4), 1, DataType.FLOAT);
        configuration.setCacheMode(CacheMode.NONE);
        configuration.getVertices().values().forEach(vertex -> {
            if (vertex instanceof org.deeplearning4j.nn.conf.graph.LayerVertex layer) {
                layer.getLayerConf().setCacheMode(CacheMode.NONE);
                if (layer.getLayerConf().getLayer() instanceof org.deeplearning4j.nn.conf.layers.BaseLayer weights
                        && !weights.getRegularization().isEmpty()) {
                    weights.setRegularization(List.of(new L2Regularization(1e-4)));
                }
            }
        });
        return LayerHelpers.disabled(() -> {
            ComputationGraph net = new ComputationGraph(configuration);
            net.init();
            return net;
        });
    }
}
