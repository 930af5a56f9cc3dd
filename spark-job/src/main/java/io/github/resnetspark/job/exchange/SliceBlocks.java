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
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockData;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.io.ChunkedByteBuffer;
import scala.Option;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The slices of one state, stored as blocks of Spark's executors: each slice is on one executor, and all workers read
 * it from there.
 *
 * <p>They are the blocks of an RDD that only exists as a number. So Spark accounts for them and spills them as usual,
 * but keeps them until {@link #remove()}. Their bytes are those of the floats. As elements of a real RDD they would be
 * serialized by Java, which copies them in pieces of 1 KB and 8 KB for every reader.
 *
 * @param rdd number of the RDD
 * @param count number of slices
 */
record SliceBlocks(int rdd, int count) implements Serializable {
    private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

    /** Creates the slices of a new state. */
    static SliceBlocks create(JavaSparkContext spark, int count) {
        return new SliceBlocks(spark.sc().newRddId(), count);
    }

    /**
     * Stores, reads and removes a slice in this process, and checks that slices can be fetched from others.
     *
     * @throws LinkageError if this version of Spark has other internals
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

    /** Spark's name for a slice. */
    RDDBlockId id(int slice) {
        return new RDDBlockId(rdd, slice);
    }

    /**
     * Spark's name for the copy of a slice that the driver lends. With the same name, a block could be removed and stored
     * again in one process while a task locks it for reading, which Spark gets wrong.
     */
    private RDDBlockId lentId(int slice) {
        return new RDDBlockId(rdd, count + slice);
    }

    /** Stores a slice in this process, on disk if memory is full. The bytes are not copied. */
    void put(int slice, RawFloats values) {
        put(id(slice), slice, values);
    }

    /** Stores the driver's copy of a slice in the same way, for processes that find no other. */
    void lend(int slice, RawFloats values) {
        put(lentId(slice), slice, values);
    }

    private static void put(RDDBlockId id, int slice, RawFloats values) {
        ByteBuffer[] chunks = {values.bytes()};
        boolean kept =
                blocks().putBytes(id, new ChunkedByteBuffer(chunks), StorageLevel.MEMORY_AND_DISK_SER(), true, ANY);
        if (!kept) {
            throw new IllegalStateException(TrainingFailures.noRoomForSlice(slice));
        }
    }

    /**
     * Reads slices from the processes that have them. Local slices are read while remote ones are being fetched.
     *
     * @return the slices that no process has
     */
    List<Integer> read(List<Integer> slices, StateReader.Reading reading) throws InterruptedException {
        List<Integer> missing = new ArrayList<>();
        List<SliceFetch.Copy> here = new ArrayList<>();
        List<SliceFetch.Wanted> elsewhere = new ArrayList<>();
        for (SliceFetch.Wanted wanted : wanted(slices)) {
            wanted.copies().stream()
                    .filter(copy -> copy.holder().equals(blocks().blockManagerId()))
                    .findFirst()
                    .ifPresentOrElse(here::add, () -> elsewhere.add(wanted));
        }
        try (SliceFetch fetch = new SliceFetch(blocks().blockTransferService(), elsewhere)) {
            for (SliceFetch.Copy copy : here) {
                if (!readHere(copy, reading)) {
                    missing.add(copy.slice());
                }
            }
            missing.addAll(fetch.read(reading));
        }
        return missing;
    }

    /** The copies of each slice in any process. */
    private List<SliceFetch.Wanted> wanted(List<Integer> slices) {
        BlockId[] ids = slices.stream()
                .flatMap(slice -> Stream.of(id(slice), lentId(slice)))
                .toArray(BlockId[]::new);
        // Sequences of sequences, whose type is another one in Scala 2.13.
        var places = blocks().master().getLocations(ids).iterator();
        List<SliceFetch.Wanted> wanted = new ArrayList<>();
        for (int slice : slices) {
            List<SliceFetch.Copy> copies = new ArrayList<>();
            for (BlockId id : List.of(id(slice), lentId(slice))) {
                JavaConverters.seqAsJavaList(places.next())
                        .forEach(holder -> copies.add(new SliceFetch.Copy(slice, id, holder)));
            }
            wanted.add(new SliceFetch.Wanted(slice, askingOrder(copies)));
        }
        return wanted;
    }

    /** Random order, but the driver is last: it may be lending slices to all workers. */
    private static Deque<SliceFetch.Copy> askingOrder(List<SliceFetch.Copy> copies) {
        List<SliceFetch.Copy> order = new ArrayList<>(copies);
        Collections.shuffle(order);
        order.sort(Comparator.comparing(copy -> copy.holder().isDriver()));
        return new ArrayDeque<>(order);
    }

    private static boolean readHere(SliceFetch.Copy copy, StateReader.Reading reading) throws InterruptedException {
        Option<BlockData> here = unlessLost(copy.id());
        if (here.isEmpty()) {
            return false;
        }
        try {
            reading.of(copy.slice(), here.get().toByteBuffer());
        } finally {
            // A block that is being read cannot be removed.
            blocks().releaseLockAndDispose(copy.id(), here.get(), Option.apply(TaskContext.get()));
        }
        return true;
    }

    /** Spark returns nothing, or throws if it notices the loss late, for example that a file is missing. */
    private static Option<BlockData> unlessLost(BlockId id) {
        try {
            return blocks().getLocalBytes(id);
        } catch (Exception e) { // SparkException is checked, but not declared.
            if (e instanceof SparkException) {
                return Option.empty();
            }
            throw e;
        }
    }

    /** Removes one slice from this process. */
    void remove(int slice) {
        remove(id(slice));
    }

    /** Removes the driver's copy of a slice. */
    void takeBack(int slice) {
        remove(lentId(slice));
    }

    private static void remove(RDDBlockId id) {
        try {
            blocks().removeBlock(id, true);
        } catch (Exception e) { // SparkException is checked, but not declared.
            // If two threads remove a block at the same time, Spark throws in one of them.
            if (!(e instanceof SparkException)) {
                throw e;
            }
        }
    }

    /** Removes all slices from all processes, asynchronously. */
    void remove() {
        for (int slice = 0; slice < count; slice++) {
            // One by one: for whole RDDs, Spark's UI only removes those that it knows.
            blocks().master().removeBlock(id(slice));
            blocks().master().removeBlock(lentId(slice));
        }
    }

    private static BlockManager blocks() {
        return SparkEnv.get().blockManager();
    }

    /** A slice of a state was lost with its executors. */
    static final class LostSliceException extends FailureException {
        private static final long serialVersionUID = 1;

        LostSliceException(String message) {
            super(Kind.ENVIRONMENT, message);
        }

        static LostSliceException of(SliceBlocks slices, int slice) {
            return new LostSliceException(
                    TrainingFailures.sliceLost(slice, slices.id(slice).name()));
        }

        /** Whether this is the reason of a failure. */
        static boolean isCauseOf(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                // On the driver, a task's exception is the cause of Spark's exception.
                if (cause instanceof LostSliceException) {
                    return true;
                }
            }
            return false;
        }
    }
}
