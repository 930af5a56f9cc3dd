package io.github.resnetspark.job.plan;

import java.io.ByteArrayOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Examples in the order in which they are used: the shard, row group and row of each, and its number in the split.
 * Serialized, it usually takes three bytes per example, plus the row groups that contain them: a round may use a whole
 * epoch, and Spark limits the size of a task.
 */
public final class ExampleList implements Serializable {
    private static final long serialVersionUID = 1;

    private final RowGroup[] rowGroups;
    private final long[] firstIds;
    private final int[] places;
    private final int[] rows;

    /**
     * @param rowGroups the distinct row groups, in the order of first use
     * @param firstIds the number of each row group's first row in the split
     * @param places index into {@code rowGroups} for each example
     * @param rows row within that row group for each example
     */
    ExampleList(RowGroup[] rowGroups, long[] firstIds, int[] places, int[] rows) {
        this.rowGroups = rowGroups;
        this.firstIds = firstIds;
        this.places = places;
        this.rows = rows;
    }

    public int size() {
        return rows.length;
    }

    /** Index of the shard within the split. */
    public int shard(int example) {
        return rowGroups[places[example]].shard();
    }

    /** Index of the row group within its shard. */
    public int rowGroup(int example) {
        return rowGroups[places[example]].index();
    }

    /** Row within the row group, from 0. */
    public int row(int example) {
        return rows[example];
    }

    /**
     * The example's number in the split, from 0, counted through the row groups in the order that was passed to the
     * plan. It is the same in every epoch. Together with the seed and the epoch it seeds the example's augmentation.
     */
    public long id(int example) {
        return firstIds[places[example]] + rows[example];
    }

    /** The distinct row groups that contain these examples, in the order of first use. */
    public List<RowGroup> rowGroups() {
        return List.of(rowGroups);
    }

    /** Examples {@code from} (inclusive) to {@code to} (exclusive) of this list. */
    public ExampleList slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        int[] renumbered = new int[rowGroups.length];
        Arrays.fill(renumbered, -1);
        int[] used = new int[rowGroups.length];
        int[] slicePlaces = new int[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            int place = places[i];
            if (renumbered[place] < 0) {
                used[count] = place;
                renumbered[place] = count++;
            }
            slicePlaces[i - from] = renumbered[place];
        }
        RowGroup[] sliceGroups = new RowGroup[count];
        long[] sliceFirstIds = new long[count];
        for (int i = 0; i < count; i++) {
            sliceGroups[i] = rowGroups[used[i]];
            sliceFirstIds[i] = firstIds[used[i]];
        }
        return new ExampleList(sliceGroups, sliceFirstIds, slicePlaces, Arrays.copyOfRange(rows, from, to));
    }

    @Serial
    private Object writeReplace() {
        return new Packed(rowGroups, firstIds, places, rows);
    }

    /**
     * The serialized form. Most row groups are close to the one before, because the rows of a few are shuffled together.
     * So this has the difference, and then the row, with 7 bits in each byte. All bytes of a number but the last have
     * the highest bit set.
     */
    private static final class Packed implements Serializable {
        private static final long serialVersionUID = 1;

        private final RowGroup[] rowGroups;
        private final long[] firstIds;
        private final int size;
        private final byte[] numbers;

        Packed(RowGroup[] rowGroups, long[] firstIds, int[] places, int[] rows) {
            this.rowGroups = rowGroups;
            this.firstIds = firstIds;
            this.size = rows.length;
            ByteArrayOutputStream out = new ByteArrayOutputStream(3 * size);
            int before = 0;
            for (int i = 0; i < size; i++) {
                int difference = places[i] - before;
                // Zigzag: a small negative number becomes a small positive one.
                write((difference << 1) ^ (difference >> 31), out);
                write(rows[i], out);
                before = places[i];
            }
            this.numbers = out.toByteArray();
        }

        private static void write(int number, ByteArrayOutputStream out) {
            int left = number;
            while ((left & ~0x7f) != 0) {
                out.write((left & 0x7f) | 0x80);
                left >>>= 7;
            }
            out.write(left);
        }

        @Serial
        private Object readResolve() {
            ByteBuffer in = ByteBuffer.wrap(numbers);
            int[] places = new int[size];
            int[] rows = new int[size];
            int before = 0;
            for (int i = 0; i < size; i++) {
                int zigzag = read(in);
                before += (zigzag >>> 1) ^ -(zigzag & 1);
                places[i] = before;
                rows[i] = read(in);
            }
            return new ExampleList(rowGroups, firstIds, places, rows);
        }

        private static int read(ByteBuffer in) {
            int number = 0;
            int shift = 0;
            byte next;
            do {
                next = in.get();
                number |= (next & 0x7f) << shift;
                shift += 7;
            } while (next < 0);
            return number;
        }
    }
}
