package io.github.resnetspark.job.exchange;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The executor on which each worker ran last. It should run there again, because its replica has loaded the pictures of
 * the next round and cached what it read. If that executor is gone, it should run on the machine of a warm spare. Spark
 * treats both as preferred locations.
 */
final class Placement {
    private final Map<Integer, Place> places = new HashMap<>();
    /** Set by another thread. */
    private volatile List<String> spareHosts = List.of();

    /**
     * An executor.
     *
     * @param host its machine, as Spark names it
     * @param executor its identifier
     */
    record Place(String host, String executor) implements Serializable {

        /** The executor of the task on this thread. */
        static Place here() {
            SparkEnv env = SparkEnv.get();
            return new Place(env.blockManager().blockManagerId().host(), env.executorId());
        }

        /** In the form of a preferred location of Spark. */
        String location() {
            return "executor_" + host + "_" + executor;
        }

        /** As the only preferred location. */
        scala.collection.immutable.List<String> only() {
            return seq(List.of(location()));
        }
    }

    /** Records where the workers of a round ran. */
    void note(List<SliceAverage.PlacedReport> reports) {
        places.clear();
        reports.forEach(report -> places.put(report.report().worker(), report.place()));
    }

    /** Records the machines of the executors that are ready to take over a worker. */
    void noteSpares(List<String> hosts) {
        spareHosts = List.copyOf(hosts);
    }

    /** Preferred location for an index: all known executors in turn. */
    scala.collection.immutable.List<String> roundRobin(int index) {
        Place place = places.isEmpty() ? null : places.get(index % places.size());
        return place == null ? seq(List.of()) : place.only();
    }

    /** Preferred locations of a worker; empty if unknown. */
    scala.collection.immutable.List<String> of(int worker) {
        Place place = places.get(worker);
        if (place == null) {
            return seq(List.of());
        }
        // Spark prefers the executor to a machine, so the spares only count if the executor is gone.
        List<String> preferred = new ArrayList<>(List.of(place.location()));
        preferred.addAll(spareHosts);
        return seq(preferred);
    }

    /** One partition for each element, in order, with its preferred locations. */
    static <T> JavaRDD<T> located(
            JavaSparkContext spark, List<T> elements, IntFunction<scala.collection.immutable.List<String>> places) {
        ClassTag<T> tag = ClassTag$.MODULE$.apply(Object.class);
        return JavaRDD.fromRDD(spark.sc().makeRDD(pairs(elements, places), tag), tag);
    }

    /**
     * The elements with their preferred locations.
     *
     * @param <S> Scala's sequence of strings, which is another type in Scala 2.13 than in 2.12. A list is both.
     */
    @SuppressWarnings("unchecked")
    private static <T, S> scala.collection.immutable.List<Tuple2<T, S>> pairs(
            List<T> elements, IntFunction<scala.collection.immutable.List<String>> places) {
        List<Tuple2<T, S>> pairs = new ArrayList<>();
        for (int index = 0; index < elements.size(); index++) {
            pairs.add(new Tuple2<>(elements.get(index), (S) places.apply(index)));
        }
        return JavaConverters.asScalaBuffer(pairs).toList();
    }

    private static scala.collection.immutable.List<String> seq(List<String> places) {
        return JavaConverters.asScalaBuffer(places).toList();
    }
}
