package io.github.resnetspark.job.exchange;

import io.github.resnetspark.message.job.ExchangeNotices;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.shuffle.BlockFetchingListener;
import org.apache.spark.network.shuffle.BlockStoreClient;
import org.apache.spark.network.shuffle.DownloadFileManager;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManagerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches slices from other processes, a few at a time, and reads them from the network's buffers. Spark's own way to
 * read a remote block copies it three times, and requests the next one only after that.
 */
final class SliceFetch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SliceFetch.class);

    /** Number of slices that are being fetched at the same time, which use native memory. */
    private static final int AT_ONCE = 3;

    private final BlockStoreClient transfer;
    private final Deque<Wanted> wanted;
    private final List<Integer> missing = new ArrayList<>();
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private int underWay;
    private boolean closed;

    /** A block of Spark with the values of a slice, in a process that may have it. */
    record Copy(int slice, BlockId id, BlockManagerId holder) {}

    /**
     * A slice, and its copies.
     *
     * @param copies each is removed when it is requested
     */
    record Wanted(int slice, Deque<Copy> copies) {}

    /** @param values empty if the fetch failed */
    private record Arrival(Wanted wanted, Optional<ManagedBuffer> values) {}

    /**
     * Checks that the method used here exists, without calling it: a driver may be unable to reach itself through the
     * network.
     *
     * @throws LinkageError if this version of Spark has no such method
     */
    static void requireLinks() {
        try {
            MethodHandles.publicLookup()
                    .findVirtual(
                            BlockStoreClient.class,
                            "fetchBlocks",
                            MethodType.methodType(
                                    void.class,
                                    String.class,
                                    int.class,
                                    String.class,
                                    String[].class,
                                    BlockFetchingListener.class,
                                    DownloadFileManager.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("This Spark has no BlockStoreClient.fetchBlocks as expected.", e);
        }
    }

    /** Requests the first slices. */
    SliceFetch(BlockStoreClient transfer, Collection<Wanted> wanted) {
        this.transfer = transfer;
        this.wanted = new ArrayDeque<>(wanted);
        request();
    }

    /**
     * Reads all slices as they arrive.
     *
     * @return the slices that no process has
     */
    List<Integer> read(StateReader.Reading reading) throws InterruptedException {
        while (underWay > 0) {
            Arrival arrival = arrivals.take();
            underWay--;
            if (arrival.values().isPresent()) {
                read(arrival.wanted().slice(), arrival.values().get(), reading);
            } else {
                // Try the next process that may have it.
                wanted.addFirst(arrival.wanted());
            }
            request();
        }
        return missing;
    }

    private static void read(int slice, ManagedBuffer values, StateReader.Reading reading) throws InterruptedException {
        try {
            ByteBuf bytes = (ByteBuf) values.convertToNetty();
            try {
                reading.of(slice, bytes.nioBuffers());
            } finally {
                bytes.release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            values.release();
        }
    }

    private void request() {
        while (underWay < AT_ONCE && !wanted.isEmpty()) {
            Wanted next = wanted.poll();
            Copy copy = next.copies().poll();
            if (copy == null) {
                missing.add(next.slice());
            } else {
                underWay++;
                String[] blocks = {copy.id().name()};
                BlockManagerId holder = copy.holder();
                transfer.fetchBlocks(
                        holder.host(), holder.port(), holder.executorId(), blocks, new Listener(next), null);
            }
        }
    }

    /** Slices that arrive later are released at once. */
    @Override
    public synchronized void close() {
        closed = true;
        arrivals.forEach(arrival -> arrival.values().ifPresent(ManagedBuffer::release));
        arrivals.clear();
    }

    private synchronized void arrived(Wanted slice, Optional<ManagedBuffer> values) {
        if (!closed) {
            // Otherwise the network's thread releases it when this returns.
            values.ifPresent(ManagedBuffer::retain);
            arrivals.add(new Arrival(slice, values));
        }
    }

    private final class Listener implements BlockFetchingListener {
        private final Wanted slice;

        Listener(Wanted slice) {
            this.slice = slice;
        }

        @Override
        public void onBlockFetchSuccess(String block, ManagedBuffer values) {
            arrived(slice, Optional.of(values));
        }

        @Override
        public void onBlockFetchFailure(String block, Throwable failure) {
            LOG.debug(ExchangeNotices.blockNotFetched(block), failure);
            arrived(slice, Optional.empty());
        }
    }
}
