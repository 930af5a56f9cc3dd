package io.github.resnetspark.job.exchange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Where each worker ran last. It is best off there again: its replica has the pictures of its next round ready, and what
 * it read of the shards. Spark takes it as a wish.
 */
final class Placement {
    private final Map<Integer, String> places = new HashMap<>();

    /** Notes where the workers of a round ran. */
    void note(List<SliceAverage.PlacedReport> reports) {
        places.clear();
        reports.forEach(report -> places.put(report.report().worker(), report.place()));
    }

    /** One of all places, another one for each of several indices that follow each other. */
    Seq<String> inTurn(int index) {
        return places.isEmpty() ? seq(List.of()) : of(index % places.size());
    }

    /** The place of a worker as Spark takes it; empty where it is not known. */
    Seq<String> of(int worker) {
        String place = places.get(worker);
        return seq(place == null ? List.of() : List.of(place));
    }

    private static Seq<String> seq(List<String> places) {
        return JavaConverters.asScalaBuffer(places).toList();
    }
}
