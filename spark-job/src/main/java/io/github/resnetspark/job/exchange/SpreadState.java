package io.github.resnetspark.job.exchange;

import io.github.resnetspark.job.averaging.RawFloats;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The state that a round begins with, spread over the executors: each slice lies with one of them, and all workers get it
 * from there.
 *
 * <p>Mostly it is the average of the round before, left where it was reduced; the driver sends nothing. Else the driver
 * sends each slice once, to one executor: so it sends one state however many workers there are, and of a broadcast that
 * all workers read it would send more, about the logarithm of their number.
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
     * An average that lies on the executors.
     *
     * @param centre the means around which its running variances are second moments
     */
    static SpreadState averaged(SliceBlocks slices, float[] centre) {
        return new SpreadState(slices, Optional.of(centre), List.of());
    }

    /**
     * Spreads a state that the driver has, and returns when all slices have arrived.
     *
     * @param values of all slices, in their order
     * @param slices where its slices shall lie; the caller removes them if this fails
     * @param places the executor of each worker where it is known, to spread the slices over
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
            located(spark, broadcasts, places).foreach(slice -> {
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

    /** The means around which the slices' running variances are second moments; nothing where they are variances. */
    Optional<float[]> centre() {
        return centre;
    }

    @Override
    public void close() {
        slices.remove();
        broadcasts.forEach(Broadcast::destroy);
    }

    private static JavaRDD<Tuple2<Integer, Broadcast<RawFloats>>> located(
            JavaSparkContext spark, List<Broadcast<RawFloats>> broadcasts, Placement places) {
        List<Tuple2<Tuple2<Integer, Broadcast<RawFloats>>, scala.collection.Seq<String>>> located = new ArrayList<>();
        for (int slice = 0; slice < broadcasts.size(); slice++) {
            located.add(new Tuple2<>(new Tuple2<>(slice, broadcasts.get(slice)), places.inTurn(slice)));
        }
        ClassTag<Tuple2<Integer, Broadcast<RawFloats>>> tag = ClassTag$.MODULE$.apply(Tuple2.class);
        Seq<Tuple2<Tuple2<Integer, Broadcast<RawFloats>>, scala.collection.Seq<String>>> all =
                JavaConverters.asScalaBuffer(located).toList();
        return JavaRDD.fromRDD(spark.sc().makeRDD(all, tag), tag);
    }
}
