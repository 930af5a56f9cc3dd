package io.github.resnetspark.job.train;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.ShuffledRDD;
import scala.Tuple2;
import scala.reflect.ClassTag;

/** The workers' slices through a shuffle to their reducers. */
final class SliceReduction {
    private SliceReduction() {}

    /** A partition for each slice, with the parts of all workers in any order. */
    static JavaPairRDD<Integer, SliceAverage.Part> shuffled(JavaPairRDD<Integer, SliceAverage.Part> parts, int slices) {
        ClassTag<Integer> slice = parts.kClassTag();
        ClassTag<SliceAverage.Part> part = parts.vClassTag();
        return JavaPairRDD.fromRDD(
                new ShuffledRDD<>(parts.rdd(), new HashPartitioner(slices), slice, part, part)
                        .setSerializer(new RawFloatsSerializer()),
                slice,
                part);
    }

    /**
     * Each slice averaged and kept where that was done; an element for each slice, in order.
     *
     * @param reducers tasks that do it, each for as many slices, one after another
     */
    static JavaRDD<SliceAverage.Summary> reduced(
            JavaPairRDD<Integer, SliceAverage.Part> shuffled, int reducers, SliceBlocks averages, CostCounter costs) {
        JavaRDD<SliceAverage.Summary> ofSlices = shuffled.mapPartitions(arriving -> {
            SliceAverage average = average(arriving, costs);
            averages.put(average.slice(), average.values());
            return List.of(average.summary()).iterator();
        });
        return ofSlices.coalesce(reducers);
    }

    /** In the executor: all parts of one slice. */
    private static SliceAverage average(Iterator<Tuple2<Integer, SliceAverage.Part>> arriving, CostCounter costs) {
        long begin = System.nanoTime();
        int slice = 0;
        List<SliceAverage.Part> parts = new ArrayList<>();
        while (arriving.hasNext()) {
            Tuple2<Integer, SliceAverage.Part> part = arriving.next();
            slice = part._1();
            parts.add(part._2());
        }
        long read = System.nanoTime();
        SliceAverage average = SliceAverage.of(slice, parts);
        costs.add(RoundCosts.ofReducer(seconds(begin, read), seconds(read, System.nanoTime())));
        return average;
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
