package io.github.resnetspark.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Classifies the same pictures repeatedly, and prints the median and the 95th percentile of the latency in milliseconds, and the images
 * per second. Runs in its own process.
 *
 * <p>Arguments: a {@link Classifier}, a {@link Network}, its model directory, pictures of one call, seconds.
 */
final class Latency {
    /** The first call creates the kernels, and the JVM compiles for some time. */
    private static final int WARM_UP_CALLS = 2;

    private static final double WARM_UP_SHARE = 0.3;

    private Latency() {}

    /** The main method of the process. */
    public static void main(String[] args) throws Exception {
        Network network = Network.valueOf(args[1]);
        int pictures = Integer.parseInt(args[3]);
        double seconds = Double.parseDouble(args[4]);
        Throughput.Step step = Classifier.valueOf(args[0]).of(Path.of(args[2]), pictures(network, pictures));
        long warming = System.nanoTime();
        for (int i = 0; i < WARM_UP_CALLS || (System.nanoTime() - warming) / 1e9 < WARM_UP_SHARE * seconds; i++) {
            step.run();
        }
        List<Double> milliseconds = new ArrayList<>();
        long begin = System.nanoTime();
        double elapsed;
        do {
            long call = System.nanoTime();
            step.run();
            milliseconds.add((System.nanoTime() - call) / 1e6);
            elapsed = (System.nanoTime() - begin) / 1e9;
        } while (elapsed < seconds);
        Collections.sort(milliseconds);
        System.out.println(milliseconds.get(milliseconds.size() / 2));
        System.out.println(milliseconds.get(milliseconds.size() * 95 / 100));
        System.out.println(milliseconds.size() * pictures / elapsed);
        System.exit(0);
    }

    /** A number of encoded pictures of about the network's input size. */
    private static List<byte[]> pictures(Network network, int count) throws IOException {
        int side = network.spec().input();
        List<byte[]> stored = SamplePictures.find().stored("short-side " + Math.round(side / 0.875));
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pictures.add(stored.get(i % stored.size()));
        }
        return pictures;
    }
}
