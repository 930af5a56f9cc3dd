package io.github.resnetspark.job.checkpoint;

import java.util.Comparator;
import java.util.Locale;

/**
 * The position of a run. After the last round of an epoch, {@code example} is the number of examples of the epoch.
 * After the epoch's validation, the position is the start of the next epoch.
 *
 * @param epoch number of completed epochs, including their validation
 * @param example number of examples of the next epoch that are done
 * @param round number of rounds of the next epoch that are done
 */
public record Position(int epoch, long example, int round) implements Comparable<Position> {
    /** The start of every run. */
    public static final Position START = new Position(0, 0, 0);

    /** The start of an epoch, from 0. */
    public static Position startOf(int epoch) {
        return new Position(epoch, 0, 0);
    }

    /** The name of a checkpoint at this position. Names sort like positions. */
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
