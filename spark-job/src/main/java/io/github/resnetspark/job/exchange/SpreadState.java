package io.github.resnetspark.job.exchange;

import io.github.resnetspark.job.averaging.RawFloats;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * The state at the start of a round, spread over the executors: each slice is on one executor, and all workers read it
 * from there.
 *
 * <p>Usually it is the average of the previous round, which stayed where it was reduced, and the driver sends nothing.
 * Otherwise the driver sends each slice to one executor, so it sends one state for any number of workers. With a
 * broadcast that all workers read it would send about log(workers) states.
 */
final class SpreadState implements AutoCloseable {
    private final SliceBlocks slices;
    private final Optional<float[]> centre;
    private final List<Broadcast<RawFloats>> broadcasts;

    private SpreadState(SliceBlocks slices, Optional<float[]> centre, List<Broadcast<RawFloats>> broadcasts) {
        this.slices = slices;
        this.centre = centre;
        this.broadcasts = broadcasts;
    }

    /**
     * An average that is already on the executors.
     *
     * @param centre the means around which its second moments were computed
     */
    static SpreadState averaged(SliceBlocks slices, float[] centre) {
        return new SpreadState(slices, Optional.of(centre), List.of());
    }

    /**
     * Spreads a state from the driver, and returns when all slices have arrived.
     *
     * @param values values of all slices, in order
     * @param slices where to store the slices; the caller removes them if this fails
     * @param places the known executors, over which the slices are spread
     */
    static SpreadState fromDriver(
            JavaSparkContext spark,
            List<RawFloats> values,
            SliceBlocks slices,
            Placement places,
            RoundCosts.Counter costs) {
        List<Broadcast<RawFloats>> broadcasts =
                values.parallelStream().map(spark::broadcast).toList();
        boolean arrived = false;
        try {
            List<Tuple2<Integer, Broadcast<RawFloats>>> numbered = IntStream.range(0, broadcasts.size())
                    .mapToObj(slice -> new Tuple2<>(slice, broadcasts.get(slice)))
                    .toList();
            Placement.located(spark, numbered, places::roundRobin).foreach(slice -> {
                RawFloats sent = slice._2().value();
                costs.add(RoundCosts.ofState(sent.bytes().capacity()));
                slices.put(slice._1(), sent);
            });
            arrived = true;
        } finally {
            if (!arrived) {
                broadcasts.forEach(Broadcast::destroy);
            }
        }
        return new SpreadState(slices, Optional.empty(), broadcasts);
    }

    SliceBlocks slices() {
        return slices;
    }

    /** The means around which the slices' second moments were computed; empty if the slices contain variances. */
    Optional<float[]> centre() {
        return centre;
    }

    @Override
    public void close() {
        slices.remove();
        broadcasts.forEach(Broadcast::destroy);
    }
}
