package io.github.resnetspark.job.exchange;

import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.message.job.TrainingFailures;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockData;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.io.ChunkedByteBuffer;
import scala.Option;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Slices of one state among the blocks that Spark's executors keep: each lies with one of them, and is read from there by all.
 *
 * <p>They are the blocks of an RDD of which there is only the number, so that Spark counts and spills them as it does those
 * of any other, but lets them lie until {@link #remove()}. Their bytes are the floats' own: as elements of an
 * RDD they would go through Java's serialization, which copies them in pieces of 1 KB and 8 KB for every reader.
 *
 * @param rdd the number of the RDD
 * @param count of slices
 */
record SliceBlocks(int rdd, int count) implements Serializable {
    private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

    /** For a state to come. */
    static SliceBlocks create(JavaSparkContext spark, int count) {
        return new SliceBlocks(spark.sc().newRddId(), count);
    }

    /**
     * Puts a slice on this process, reads it and lets it go, as is done with slices, and looks whether others could send it.
     *
     * @throws LinkageError if this Spark's blocks are other ones
     */
    static void requireLinks(JavaSparkContext spark) {
        SliceFetch.requireLinks();
        SliceBlocks slices = create(spark, 1);
        slices.put(0, RawFloats.zeros(1));
        try {
            slices.read(List.of(0), (slice, values) -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Reading a slice was interrupted.", e);
        } finally {
            slices.remove(0);
        }
    }

    /** Where a slice is found. */
    RDDBlockId id(int slice) {
        return new RDDBlockId(rdd, slice);
    }

    /** Keeps a slice in this process, on its disk where its memory does not suffice; the bytes are not copied. */
    void put(int slice, RawFloats values) {
        ByteBuffer[] chunks = {values.bytes()};
        boolean kept = blocks().putBytes(
                        id(slice), new ChunkedByteBuffer(chunks), StorageLevel.MEMORY_AND_DISK_SER(), true, ANY);
        if (!kept) {
            throw new IllegalStateException(TrainingFailures.noRoomForSlice(slice));
        }
    }

    /**
     * Reads slices from wherever they are: what others have to send is under way while those are read that are here.
     *
     * @return the slices that no process has
     */
    List<Integer> read(List<Integer> slices, StateReader.Reading reading) throws InterruptedException {
        List<Integer> missing = new ArrayList<>();
        List<Integer> here = new ArrayList<>();
        List<SliceFetch.Wanted> elsewhere = new ArrayList<>();
        BlockId[] ids = slices.stream().map(this::id).toArray(BlockId[]::new);
        scala.collection.Seq<scala.collection.Seq<BlockManagerId>> places =
                blocks().master().getLocations(ids);
        for (int i = 0; i < ids.length; i++) {
            List<BlockManagerId> holders = JavaConverters.seqAsJavaList(places.apply(i));
            if (holders.contains(blocks().blockManagerId())) {
                here.add(slices.get(i));
            } else {
                elsewhere.add(new SliceFetch.Wanted(slices.get(i), ids[i], inTurn(holders)));
            }
        }
        try (SliceFetch fetch = new SliceFetch(blocks().blockTransferService(), elsewhere)) {
            for (int slice : here) {
                if (!readHere(slice, reading)) {
                    missing.add(slice);
                }
            }
            missing.addAll(fetch.read(reading));
        }
        return missing;
    }

    /** The driver, who may have lent every slice to everybody, is the last to be asked. */
    private static Deque<BlockManagerId> inTurn(List<BlockManagerId> holders) {
        List<BlockManagerId> order = new ArrayList<>(holders);
        Collections.shuffle(order);
        order.sort(Comparator.comparing(BlockManagerId::isDriver));
        return new ArrayDeque<>(order);
    }

    private boolean readHere(int slice, StateReader.Reading reading) throws InterruptedException {
        Option<BlockData> here = unlessLost(id(slice));
        if (here.isEmpty()) {
            return false;
        }
        try {
            reading.of(slice, here.get().toByteBuffer());
        } finally {
            // What a reader holds cannot be removed.
            blocks().releaseLockAndDispose(id(slice), here.get(), Option.apply(TaskContext.get()));
        }
        return true;
    }

    /** Spark finds nothing, or throws where it found out late, as of a file that is gone. */
    private static Option<BlockData> unlessLost(BlockId id) {
        try {
            return blocks().getLocalBytes(id);
        } catch (Exception e) { // Spark's is a checked one, which it does not declare.
            if (e instanceof SparkException) {
                return Option.empty();
            }
            throw e;
        }
    }

    /** Lets one slice go, on this process. */
    void remove(int slice) {
        try {
            blocks().removeBlock(id(slice), true);
        } catch (Exception e) { // Spark's is a checked one, which it does not declare.
            // Of two threads that let a block go at once, Spark tells one that there is none.
            if (!(e instanceof SparkException)) {
                throw e;
            }
        }
    }

    /** Lets all slices go, wherever they are; returns before they are gone. */
    void remove() {
        for (int slice = 0; slice < count; slice++) {
            // One by one, as of whole RDDs Spark's pages only take away those that they know.
            blocks().master().removeBlock(id(slice));
        }
    }

    private static BlockManager blocks() {
        return SparkEnv.get().blockManager();
    }

    /** A slice of a state was lost with the executors that had it. */
    static final class LostSliceException extends FailureException {
        private static final long serialVersionUID = 1;

        LostSliceException(String message) {
            super(Kind.ENVIRONMENT, message);
        }

        static LostSliceException of(SliceBlocks slices, int slice) {
            return new LostSliceException(
                    TrainingFailures.sliceLost(slice, slices.id(slice).name()));
        }

        /** Whether a round failed for that. */
        static boolean isCauseOf(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                // Spark brings a task's exception to the driver as the cause of its own.
                if (cause instanceof LostSliceException) {
                    return true;
                }
            }
            return false;
        }
    }
}
