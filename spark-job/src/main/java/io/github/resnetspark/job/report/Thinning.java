package io.github.resnetspark.job.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** Chooses points for a chart: so few that a page stays small, but always the first, the last and the extremes. */
final class Thinning {
    /** Buckets of a curve, each with its smallest and largest value. */
    private static final int BUCKETS = 200;

    private Thinning() {}

    /** The points of a curve that are drawn, in order. All, if they are few. */
    static <T> List<T> of(List<T> points, ToDoubleFunction<T> value) {
        if (points.size() <= 2 * BUCKETS) {
            return points;
        }
        TreeSet<Integer> kept = new TreeSet<>(List.of(0, points.size() - 1));
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            int from = (int) ((long) bucket * points.size() / BUCKETS);
            int to = (int) ((bucket + 1L) * points.size() / BUCKETS);
            int least = from;
            int most = from;
            for (int index = from; index < to; index++) {
                double here = value.applyAsDouble(points.get(index));
                least = here < value.applyAsDouble(points.get(least)) ? index : least;
                most = here > value.applyAsDouble(points.get(most)) ? index : most;
            }
            kept.add(least);
            kept.add(most);
        }
        return kept.stream().map(points::get).toList();
    }

    /** The points in groups of neighbours, for values that are added up or averaged. */
    static <T> List<List<T>> groups(List<T> points) {
        int count = Math.min(points.size(), BUCKETS);
        List<List<T>> groups = new ArrayList<>(count);
        for (int group = 0; group < count; group++) {
            groups.add(points.subList(
                    (int) ((long) group * points.size() / count), (int) ((group + 1L) * points.size() / count)));
        }
        return groups;
    }
}
