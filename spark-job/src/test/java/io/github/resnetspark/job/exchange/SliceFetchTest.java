package io.github.resnetspark.job.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.job.averaging.RawFloats;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.network.buffer.NettyManagedBuffer;
import org.apache.spark.network.shuffle.BlockFetchingListener;
import org.apache.spark.network.shuffle.BlockStoreClient;
import org.apache.spark.network.shuffle.DownloadFileManager;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.RDDBlockId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.Option;

class SliceFetchTest {
    private final Network network = new Network();

    @AfterEach
    void nothingIsKept() throws InterruptedException {
        network.thread.shutdown();
        assertThat(network.thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(network.sent).allSatisfy(bytes -> assertThat(bytes.refCnt()).isZero());
    }

    @Test
    void readsEverySliceFromTheFirstProcessThatHasIt() throws Exception {
        network.gone.add("gone");
        Map<Integer, float[]> read = new TreeMap<>();
        List<SliceFetch.Wanted> wanted = IntStream.range(0, 20)
                .mapToObj(slice -> slice % 3 == 0 ? wanted(slice, "gone", "there") : wanted(slice, "there", "gone"))
                .toList();

        try (SliceFetch fetch = new SliceFetch(network, wanted)) {
            assertThat(fetch.read((slice, values) -> {
                        assertThat(values).hasSizeGreaterThan(1);
                        RawFloats floats = RawFloats.zeros(2);
                        floats.set(values);
                        read.put(slice, floats.toArray());
                    }))
                    .isEmpty();
        }

        assertThat(read).hasSize(20).allSatisfy((slice, values) -> assertThat(values)
                .containsExactly(slice, -slice));
        assertThat(network.mostUnderWay).isBetween(2, 3);
    }

    @Test
    void returnsTheSlicesThatNoProcessHas() throws Exception {
        network.gone.add("gone");
        List<Integer> read = new ArrayList<>();

        try (SliceFetch fetch = new SliceFetch(network, List.of(wanted(4, "gone"), wanted(5, "there"), wanted(6)))) {
            assertThat(fetch.read((slice, values) -> read.add(slice))).containsExactlyInAnyOrder(4, 6);
        }

        assertThat(read).containsExactly(5);
    }

    @Test
    void releasesSlicesThatArriveAfterAReaderFailed() {
        List<SliceFetch.Wanted> wanted =
                IntStream.range(0, 9).mapToObj(slice -> wanted(slice, "there")).toList();

        assertThatThrownBy(() -> {
                    try (SliceFetch fetch = new SliceFetch(network, wanted)) {
                        fetch.read((slice, values) -> {
                            throw new IllegalArgumentException("slice " + slice);
                        });
                    }
                })
                .hasMessage("slice 0");
        assertThat(network.asked).isEqualTo(3);
    }

    private static SliceFetch.Wanted wanted(int slice, String... holders) {
        ArrayDeque<SliceFetch.Copy> copies = new ArrayDeque<>();
        for (String holder : holders) {
            BlockManagerId id = BlockManagerId.apply(holder, "127.0.0.1", 1, Option.empty());
            copies.add(new SliceFetch.Copy(slice, new RDDBlockId(7, slice), id));
        }
        return new SliceFetch.Wanted(slice, copies);
    }

    /**
     * Sends slice n as the floats n and -n, in two buffers that are split within a float, from a separate thread as
     * Spark does.
     */
    private static final class Network extends BlockStoreClient {
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final Set<String> gone = new HashSet<>();
        private final List<ByteBuf> sent = new ArrayList<>();
        private int asked;
        private int underWay;
        private int mostUnderWay;

        @Override
        public synchronized void fetchBlocks(
                String host,
                int port,
                String holder,
                String[] blocks,
                BlockFetchingListener listener,
                DownloadFileManager files) {
            asked++;
            mostUnderWay = Math.max(mostUnderWay, ++underWay);
            thread.execute(() -> answer(holder, blocks[0], listener));
        }

        private void answer(String holder, String block, BlockFetchingListener listener) {
            synchronized (this) {
                underWay--;
            }
            if (gone.contains(holder)) {
                listener.onBlockFetchFailure(block, new IOException("connection refused"));
                return;
            }
            int slice = Integer.parseInt(block.substring(block.lastIndexOf('_') + 1));
            byte[] bytes = RawFloats.of(slice, -slice).bytes().array();
            CompositeByteBuf pieces = Unpooled.compositeBuffer()
                    .addComponent(true, Unpooled.directBuffer().writeBytes(bytes, 0, 3))
                    .addComponent(true, Unpooled.directBuffer().writeBytes(bytes, 3, 5));
            sent.add(pieces);
            NettyManagedBuffer buffer = new NettyManagedBuffer(pieces);
            listener.onBlockFetchSuccess(block, buffer);
            buffer.release();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
