package io.github.resnetspark.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures several ways to do the same in turns, so that a slow moment affects all of them. */
final class Turns {
    private static final int WARM_UP_TURNS = 3;

    private final int turns;
    private final double seconds;

    /**
     * @param turns number of measured turns, after three of warm-up
     * @param seconds of each way in each turn
     */
    Turns(int turns, double seconds) {
        this.turns = turns;
        this.seconds = seconds;
    }

    /** One pass over all pictures, which is measured. */
    @FunctionalInterface
    interface Pass {
        /** Processes every picture once. */
        void run();
    }

    /**
     * The result of one way.
     *
     * @param speed pictures per second of one thread
     * @param allocated bytes of Java heap per picture
     */
    record Result(Figures speed, long allocated) {}

    /** Measures on the calling thread. Returns the results by the names of the passes. */
    Map<String, Result> measure(Map<String, Pass> passes, int picturesOfPass) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Map<String, List<Double>> speeds = new LinkedHashMap<>();
        Map<String, Long> allocated = new LinkedHashMap<>();
        for (int turn = -WARM_UP_TURNS; turn < turns; turn++) {
            for (Map.Entry<String, Pass> pass : passes.entrySet()) {
                long bytes = threads.getCurrentThreadAllocatedBytes();
                long begin = System.nanoTime();
                long pictures = 0;
                double elapsed;
                do {
                    pass.getValue().run();
                    pictures += picturesOfPass;
                    elapsed = (System.nanoTime() - begin) / 1e9;
                } while (elapsed < seconds);
                if (turn >= 0) {
                    speeds.computeIfAbsent(pass.getKey(), name -> new ArrayList<>())
                            .add(pictures / elapsed);
                    allocated.put(pass.getKey(), (threads.getCurrentThreadAllocatedBytes() - bytes) / pictures);
                }
            }
        }
        Map<String, Result> results = new LinkedHashMap<>();
        speeds.forEach((name, values) -> results.put(name, new Result(new Figures(values), allocated.get(name))));
        return results;
    }
}
