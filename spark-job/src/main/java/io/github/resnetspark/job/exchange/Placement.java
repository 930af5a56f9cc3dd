package io.github.resnetspark.job.exchange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The executor on which each worker ran last. It should run there again, because its replica has loaded the pictures of
 * the next round and cached what it read. Spark treats this as a preferred location.
 */
final class Placement {
    private final Map<Integer, String> places = new HashMap<>();

    /** Records where the workers of a round ran. */
    void note(List<SliceAverage.PlacedReport> reports) {
        places.clear();
        reports.forEach(report -> places.put(report.report().worker(), report.place()));
    }

    /** Preferred location for an index: all known executors in turn. */
    Seq<String> roundRobin(int index) {
        return places.isEmpty() ? seq(List.of()) : of(index % places.size());
    }

    /** Preferred location of a worker; empty if unknown. */
    Seq<String> of(int worker) {
        String place = places.get(worker);
        return seq(place == null ? List.of() : List.of(place));
    }

    private static Seq<String> seq(List<String> places) {
        return JavaConverters.asScalaBuffer(places).toList();
    }
}
