package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.job.worker.StateReader;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.storage.BlockData;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.io.ChunkedByteBuffer;
import scala.Option;
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

    /** Where a slice is found. */
    RDDBlockId id(int slice) {
        return new RDDBlockId(rdd, slice);
    }

    /** Keeps a slice in this process, on its disk where its memory does not suffice; the bytes are not copied. */
    void put(int slice, RawFloats values) {
        ByteBuffer[] chunks = {ByteBuffer.wrap(values.bytes())};
        boolean kept = blocks().putBytes(
                        id(slice), new ChunkedByteBuffer(chunks), StorageLevel.MEMORY_AND_DISK_SER(), true, ANY);
        if (!kept) {
            throw new IllegalStateException(
                    "this process has neither memory nor disk for slice " + slice + " of the average");
        }
    }

    /**
     * Reads a slice from wherever it is.
     *
     * @return false if no process has it
     */
    boolean read(int slice, StateReader.Reading reading) throws InterruptedException {
        RDDBlockId id = id(slice);
        Option<BlockData> here = unlessLost(() -> blocks().getLocalBytes(id));
        if (here.isDefined()) {
            try {
                reading.of(here.get().toByteBuffer());
            } finally {
                // What a reader holds cannot be removed.
                blocks().releaseLockAndDispose(id, here.get(), Option.apply(TaskContext.get()));
            }
            return true;
        }
        Option<ChunkedByteBuffer> elsewhere = unlessLost(() -> blocks().getRemoteBytes(id));
        if (elsewhere.isEmpty()) {
            return false;
        }
        reading.of(elsewhere.get().toByteBuffer());
        return true;
    }

    /** Spark finds nothing, or throws where it found out late. */
    private static <T> Option<T> unlessLost(Supplier<Option<T>> look) {
        try {
            return look.get();
        } catch (Exception e) { // Spark's is a checked one, which it does not declare.
            if (e instanceof SparkException) {
                return Option.empty();
            }
            throw e;
        }
    }

    /** A slice to keep, not to be written to, or nothing if no process has it. */
    Optional<RawFloats> get(int slice) throws InterruptedException {
        RawFloats[] values = new RawFloats[1];
        return read(slice, bytes -> values[0] = new RawFloats(JavaUtils.bufferToArray(bytes)))
                ? Optional.of(values[0])
                : Optional.empty();
    }

    /** Lets one slice go, on this process. */
    void remove(int slice) {
        blocks().removeBlock(id(slice), true);
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
}
