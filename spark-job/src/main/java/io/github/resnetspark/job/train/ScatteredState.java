package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.job.worker.NetworkState;
import io.github.resnetspark.job.worker.StateSlices;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The state that a round begins with, spread over the executors: each slice leaves the driver once, to one executor, and
 * the others get it from there. So the driver sends one state however many workers there are; of a broadcast that all
 * workers read it would send more, about the logarithm of their number. A slice whose executor is lost is sent again.
 */
final class ScatteredState implements AutoCloseable {
    private final List<Broadcast<RawFloats>> broadcasts;
    private final JavaRDD<RawFloats> slices;

    private ScatteredState(List<Broadcast<RawFloats>> broadcasts, JavaRDD<RawFloats> slices) {
        this.broadcasts = broadcasts;
        this.slices = slices;
    }

    /**
     * Spreads a state, and returns when all slices have arrived.
     *
     * @param places the executor of each worker where it is known, to spread the slices over
     */
    static ScatteredState of(
            JavaSparkContext spark, NetworkState state, StateSlices cut, Placement places, CostCounter costs) {
        List<Broadcast<RawFloats>> broadcasts = IntStream.range(0, cut.count())
                .parallel()
                .mapToObj(slice -> spark.broadcast(cut.cut(state, slice)))
                .toList();
        JavaRDD<RawFloats> slices = read(located(spark, broadcasts, places), costs);
        slices.persist(StorageLevel.MEMORY_AND_DISK_SER());
        ScatteredState scattered = new ScatteredState(broadcasts, slices);
        try {
            slices.count();
        } catch (RuntimeException | Error e) {
            scattered.close();
            throw e;
        }
        return scattered;
    }

    /** One partition for each slice, in order, kept by the executor that it was sent to. */
    JavaRDD<RawFloats> slices() {
        return slices;
    }

    @Override
    public void close() {
        slices.unpersist(false);
        broadcasts.forEach(Broadcast::destroy);
    }

    private static JavaRDD<RawFloats> read(JavaRDD<Broadcast<RawFloats>> broadcasts, CostCounter costs) {
        return broadcasts.map(broadcast -> {
            RawFloats slice = broadcast.value();
            costs.add(RoundCosts.ofState(slice.bytes().length));
            return slice;
        });
    }

    private static JavaRDD<Broadcast<RawFloats>> located(
            JavaSparkContext spark, List<Broadcast<RawFloats>> broadcasts, Placement places) {
        List<Tuple2<Broadcast<RawFloats>, scala.collection.Seq<String>>> located = new ArrayList<>();
        for (int slice = 0; slice < broadcasts.size(); slice++) {
            located.add(new Tuple2<>(broadcasts.get(slice), places.inTurn(slice)));
        }
        ClassTag<Broadcast<RawFloats>> tag = ClassTag$.MODULE$.apply(Broadcast.class);
        Seq<Tuple2<Broadcast<RawFloats>, scala.collection.Seq<String>>> all =
                JavaConverters.asScalaBuffer(located).toList();
        return JavaRDD.fromRDD(spark.sc().makeRDD(all, tag), tag);
    }
}
