package io.github.resnetspark.job.checkpoint;

import java.util.Comparator;
import java.util.Locale;

/**
 * How far a run is. After the last round of an epoch {@code example} is the number of its examples; when the epoch's
 * validation is done too, the position is the start of the next epoch.
 *
 * @param epoch epochs that are finished, validation included
 * @param example examples of the next epoch that are done
 * @param round rounds of the next epoch that are done
 */
public record Position(int epoch, long example, int round) implements Comparable<Position> {
    /** Where every run begins. */
    public static final Position START = new Position(0, 0, 0);

    /** The start of an epoch, from 0. */
    public static Position startOf(int epoch) {
        return new Position(epoch, 0, 0);
    }

    /** The name of a checkpoint at this position; names sort as positions do. */
    String name() {
        return String.format(Locale.ROOT, "epoch-%05d-example-%012d", epoch, example);
    }

    @Override
    public int compareTo(Position other) {
        return Comparator.comparingInt(Position::epoch)
                .thenComparingLong(Position::example)
                .compare(this, other);
    }
}
