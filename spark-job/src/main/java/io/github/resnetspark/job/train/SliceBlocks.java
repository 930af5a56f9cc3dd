package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.job.worker.StateReader;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
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
 * <p>They are the blocks of an RDD of which there is only the number, so that Spark counts, spills and removes them as it
 * does those of any other. Their bytes are the floats' own: as elements of an RDD they would go through Java's
 * serialization, which copies them in pieces of 1 KB and 8 KB for every reader.
 *
 * @param rdd the number of the RDD
 */
record SliceBlocks(int rdd) implements Serializable {
    private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

    /** For a state to come. */
    static SliceBlocks create(JavaSparkContext spark) {
        return new SliceBlocks(spark.sc().newRddId());
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
                    "this executor has neither memory nor disk for slice " + slice + " of the average");
        }
    }

    /**
     * Reads a slice from wherever it is.
     *
     * @return false if no process has it
     */
    boolean read(int slice, StateReader.Reading reading) throws InterruptedException {
        RDDBlockId id = id(slice);
        Option<BlockData> here = blocks().getLocalBytes(id);
        if (here.isDefined()) {
            try {
                reading.of(here.get().toByteBuffer());
            } finally {
                // What a reader holds cannot be removed.
                blocks().releaseLockAndDispose(id, here.get(), Option.apply(TaskContext.get()));
            }
            return true;
        }
        Option<ChunkedByteBuffer> elsewhere = blocks().getRemoteBytes(id);
        if (elsewhere.isEmpty()) {
            return false;
        }
        reading.of(elsewhere.get().toByteBuffer());
        return true;
    }

    /** A slice to keep, or nothing if no process has it. */
    Optional<RawFloats> get(int slice) throws InterruptedException {
        RawFloats[] values = new RawFloats[1];
        return read(slice, bytes -> values[0] = new RawFloats(copy(bytes))) ? Optional.of(values[0]) : Optional.empty();
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    /** Lets one slice go, on this process. */
    void remove(int slice) {
        blocks().removeBlock(id(slice), true);
    }

    /** Lets all slices go, wherever they are; returns at once. */
    void remove(JavaSparkContext spark) {
        spark.sc().unpersistRDD(rdd, false);
    }

    private static BlockManager blocks() {
        return SparkEnv.get().blockManager();
    }
}
