package io.github.resnetspark.job.plan;

import java.util.Arrays;
import java.util.List;

/**
 * The order of the examples in one epoch. It depends only on the row groups, the seed, the epoch and the shuffle
 * window, and visits every example exactly once. A position is the number of examples already used, from 0 to
 * {@link #examples()}.
 */
public final class EpochPlan {
    private static final long ROW_GROUP_ORDER = 0;
    private static final long WINDOW_ORDER = 1;

    private final RowGroup[] permuted;
    private final long[] firstIds;
    /**
     * Position at which each permuted row group would begin if its rows were not shuffled, and the end of the last one.
     */
    private final long[] starts;

    private final long seed;
    private final int epoch;
    private final int window;

    private EpochPlan(RowGroup[] permuted, long[] firstIds, long[] starts, long seed, int epoch, int window) {
        this.permuted = permuted;
        this.firstIds = firstIds;
        this.starts = starts;
        this.seed = seed;
        this.epoch = epoch;
        this.window = window;
    }

    /**
     * The plan of one epoch.
     *
     * @param rowGroups all row groups of the split, always in the same order (shard by shard), because examples are
     *     numbered in that order
     * @param seed the run's seed
     * @param epoch from 0
     * @param window number of row groups whose examples are shuffled together, at least 1; a replica keeps about twice
     *     that many in memory
     */
    public static EpochPlan of(List<RowGroup> rowGroups, long seed, int epoch, int window) {
        if (epoch < 0) {
            throw new IllegalArgumentException("The epoch is " + epoch + " but must be at least 0.");
        }
        if (window < 1) {
            throw new IllegalArgumentException(
                    "The shuffle window is " + window + " row groups but must be at least 1.");
        }
        int count = rowGroups.size();
        long[] idsInOrder = new long[count];
        long id = 0;
        for (int i = 0; i < count; i++) {
            idsInOrder[i] = id;
            id += rowGroups.get(i).rows();
        }
        int[] order = SplitMix64.permutation(count, SplitMix64.seed(seed, epoch, ROW_GROUP_ORDER));
        RowGroup[] permuted = new RowGroup[count];
        long[] firstIds = new long[count];
        long[] starts = new long[count + 1];
        for (int i = 0; i < count; i++) {
            permuted[i] = rowGroups.get(order[i]);
            firstIds[i] = idsInOrder[order[i]];
            starts[i + 1] = starts[i] + permuted[i].rows();
        }
        return new EpochPlan(permuted, firstIds, starts, seed, epoch, window);
    }

    /** Number of examples in the epoch. */
    public long examples() {
        return starts[permuted.length];
    }

    /** Number of examples that are left at a position. */
    public long remaining(long position) {
        if (position < 0 || position > examples()) {
            throw new IllegalArgumentException(
                    "Position " + position + " is not in this epoch of " + examples() + " examples.");
        }
        return examples() - position;
    }

    /** The examples at positions {@code from} (inclusive) to {@code to} (exclusive), in order. */
    public ExampleList slice(long from, long to) {
        if (from > to || remaining(from) < to - from) {
            throw new IllegalArgumentException(
                    "Positions " + from + " to " + to + " are not in this epoch of " + examples() + " examples.");
        }
        int size = Math.toIntExact(to - from);
        int[] places = new int[size];
        int[] rows = new int[size];
        int firstGroup = size == 0 ? 0 : firstGroupOfWindow(windowAt(from));
        int endGroup = size == 0 ? 0 : Math.min(permuted.length, firstGroupOfWindow(windowAt(to - 1) + 1));
        for (int group = firstGroup; group < endGroup; group += window) {
            int end = Math.min(permuted.length, group + window);
            int[] order = windowOrder(group, end);
            long begin = Math.max(from, starts[group]);
            long stop = Math.min(to, starts[end]);
            for (long position = begin; position < stop; position++) {
                long unshuffled = starts[group] + order[(int) (position - starts[group])];
                int place = groupAt(unshuffled);
                int example = (int) (position - from);
                places[example] = place - firstGroup;
                rows[example] = (int) (unshuffled - starts[place]);
            }
        }
        ExampleList ofWholeWindows = new ExampleList(
                Arrays.copyOfRange(permuted, firstGroup, endGroup),
                Arrays.copyOfRange(firstIds, firstGroup, endGroup),
                places,
                rows);
        return ofWholeWindows.slice(0, size);
    }

    private int[] windowOrder(int firstGroup, int endGroup) {
        int size = Math.toIntExact(starts[endGroup] - starts[firstGroup]);
        return SplitMix64.permutation(size, SplitMix64.seed(seed, epoch, WINDOW_ORDER, firstGroup / window));
    }

    private int windowAt(long position) {
        return groupAt(position) / window;
    }

    private int firstGroupOfWindow(int index) {
        return Math.multiplyExact(index, window);
    }

    private int groupAt(long position) {
        int found = Arrays.binarySearch(starts, position);
        return found >= 0 ? found : -found - 2;
    }
}
