package io.github.resnetspark.job.input;

import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.image.augment.TrainingTransform;
import io.github.resnetspark.job.plan.ExampleList;
import io.github.resnetspark.job.plan.ReplicaShare;
import io.github.resnetspark.job.plan.SplitMix64;
import io.github.resnetspark.message.job.InputFailures;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.ShardRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The data loader of a replica: reads, decodes, augments and normalises minibatches ahead of the network. One thread
 * reads row groups ahead, and another assembles one minibatch after another. {@code decodeThreads} threads share the
 * pictures of a minibatch. At most {@code prefetchBatches} minibatches exist at a time, so each must be given back by
 * {@link #release} after use.
 */
public final class MinibatchLoader implements AutoCloseable {
    private final MinibatchSource source;
    private final SmoothedLabels labels;
    private final RowGroupCache rowGroups;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(MinibatchLoader::readerThread);
    private final ExecutorService decoders;
    private final Deque<Minibatch> free = new ArrayDeque<>();
    private final Semaphore places;
    /** Minibatches that are made and not yet given back. */
    private final AtomicInteger made = new AtomicInteger();

    public MinibatchLoader(MinibatchSource source) {
        this.source = source;
        this.labels = new SmoothedLabels(source.shards().classes(), source.labelSmoothing());
        this.rowGroups = new RowGroupCache(new RowGroupSource(source.shards(), source.cache()), source.rowGroupsHeld());
        this.decoders = Executors.newFixedThreadPool(source.decodeThreads(), work -> new DecoderThread(work, source));
        this.places = new Semaphore(source.prefetchBatches());
    }

    public MinibatchSource source() {
        return source;
    }

    /**
     * Starts to load a share. The futures complete in order. Give each minibatch back by {@link #release}, and cancel
     * the futures that are not needed.
     */
    public List<Future<Minibatch>> load(ReplicaShare share, int epoch) {
        return load(share, epoch, source.preprocessing().inputSize());
    }

    /** As {@link #load(ReplicaShare, int)}, with pictures of another side. */
    public List<Future<Minibatch>> load(ReplicaShare share, int epoch, int side) {
        rowGroups.plan(share.examples().rowGroups());
        List<Future<Minibatch>> minibatches = new ArrayList<>();
        for (int i = 0; i < share.minibatches(); i++) {
            int index = i;
            minibatches.add(reader.submit(() -> make(share.minibatch(index), epoch, side)));
        }
        return minibatches;
    }

    /** Number of minibatches that are made and not yet given back. */
    public int made() {
        return made.get();
    }

    /** Takes back a used minibatch, whose buffers are reused. */
    public void release(Minibatch minibatch) {
        made.decrementAndGet();
        giveBack(minibatch);
    }

    private void giveBack(Minibatch minibatch) {
        synchronized (free) {
            free.push(minibatch);
        }
        places.release();
    }

    private Minibatch make(ExampleList examples, int epoch, int side) throws InterruptedException, ExecutionException {
        places.acquire();
        Minibatch minibatch = buffers(examples.size(), side);
        try {
            fill(minibatch, examples, epoch);
            made.incrementAndGet();
            return minibatch;
        } catch (ExecutionException | RuntimeException | InterruptedException e) {
            giveBack(minibatch);
            throw e;
        }
    }

    private Minibatch buffers(int size, int side) {
        synchronized (free) {
            while (!free.isEmpty()) {
                Minibatch used = free.pop();
                if (used.size() == size && used.side() == side) {
                    return used;
                }
            }
        }
        return new Minibatch(
                size,
                side,
                new float[Math.multiplyExact(size, RgbImage.CHANNELS * side * side)],
                new float[size * labels.classes()],
                new int[size]);
    }

    private void fill(Minibatch minibatch, ExampleList examples, int epoch)
            throws InterruptedException, ExecutionException {
        List<ShardRow> rows = new ArrayList<>(examples.size());
        for (int i = 0; i < examples.size(); i++) {
            ShardRow row = rowGroups.row(examples.shard(i), examples.rowGroup(i), examples.row(i));
            rows.add(row);
            minibatch.classes()[i] = row.label();
            labels.write(row.label(), minibatch.labels(), i * labels.classes());
        }
        AtomicInteger next = new AtomicInteger();
        List<Callable<Void>> parts = new ArrayList<>();
        for (int part = 0; part < source.decodeThreads(); part++) {
            parts.add(() -> {
                for (int i = next.getAndIncrement(); i < rows.size(); i = next.getAndIncrement()) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    decode(rows.get(i), examples.id(i), epoch, minibatch, i);
                }
                return null;
            });
        }
        for (Future<Void> part : decoders.invokeAll(parts)) {
            part.get();
        }
        long seed = ExampleSeed.ofMinibatch(source.seed(), epoch, examples.id(0));
        source.mixing().apply(minibatch, new SplittableRandom(seed));
    }

    private void decode(ShardRow row, long example, int epoch, Minibatch minibatch, int index) {
        try {
            long seed = ExampleSeed.of(source.seed(), epoch, example);
            // The same in every epoch.
            long half = ExampleSeed.of(source.seed(), 0, example);
            int offset = index * (minibatch.pictures().length / minibatch.size());
            DecoderThread decoder = (DecoderThread) Thread.currentThread();
            decoder.transform(minibatch.side())
                    .apply(
                            row.bytes(),
                            seed,
                            source.variation().flip().direction(half, epoch),
                            minibatch.pictures(),
                            offset);
        } catch (ImageException e) {
            throw new ShardException(InputFailures.undecodable(row.path(), e.getMessage()), e);
        }
    }

    private static Thread readerThread(Runnable work) {
        Thread thread = new Thread(work, "loader");
        thread.setDaemon(true);
        return thread;
    }

    /** Owns native memory from its start to its end. */
    private static final class DecoderThread extends Thread {
        private final MinibatchSource source;
        private Preprocessing preprocessing;
        private TrainingTransform transform;

        DecoderThread(Runnable work, MinibatchSource source) {
            super(work, "decoder");
            this.source = source;
            this.preprocessing = source.preprocessing();
            setDaemon(true);
        }

        @Override
        public void run() {
            transform = new TrainingTransform(source.variation(), preprocessing);
            try {
                super.run();
            } finally {
                transform.close();
            }
        }

        /** For pictures of that side. A run changes it a few times at most. */
        TrainingTransform transform(int side) {
            if (preprocessing.inputSize() != side) {
                preprocessing = source.preprocessing().withInputSize(side);
                transform.close();
                transform = new TrainingTransform(source.variation(), preprocessing);
            }
            return transform;
        }
    }

    @Override
    public void close() {
        reader.shutdownNow();
        decoders.shutdownNow();
        rowGroups.close();
    }

    /**
     * The seed of one picture's augmentation. It depends only on the run, the epoch and the example, not on the worker
     * or the time.
     */
    static final class ExampleSeed {
        private ExampleSeed() {}

        static long of(long seed, int epoch, long example) {
            return mix(mix(mix(seed) + epoch) + example);
        }

        /** The seed of what happens to a minibatch as a whole, which its first example identifies. */
        static long ofMinibatch(long seed, int epoch, long first) {
            return mix(of(seed, epoch, first));
        }

        private static long mix(long value) {
            return SplitMix64.mix(value + SplitMix64.GOLDEN_GAMMA);
        }
    }

    /**
     * The target distribution of a picture: {@code 1 − ε + ε/K} for its class, {@code ε/K} for every other (Szegedy et
     * al. 2016, section 7). DL4J's softmax cross-entropy has the gradient {@code p − y}, so it is enough to smooth the
     * labels.
     *
     * @param classes K
     * @param smoothing ε, in [0, 1)
     */
    record SmoothedLabels(int classes, double smoothing) {

        /** Writes one row of {@code [N, classes]} to an offset. */
        void write(int label, float[] labels, int offset) {
            double other = smoothing / classes;
            Arrays.fill(labels, offset, offset + classes, (float) other);
            labels[offset + label] = (float) (1 - smoothing + other);
        }
    }

    /**
     * Pictures and labels in the form that the network needs.
     *
     * @param size N
     * @param side S
     * @param pictures {@code [N, 3, S, S]}, normalised
     * @param labels {@code [N, classes]}; each row adds up to 1
     * @param classes the class of each picture, {@code [N]}
     */
    @SuppressWarnings("ArrayRecordComponent") // Buffers that are copied to native memory, and never compared.
    public record Minibatch(int size, int side, float[] pictures, float[] labels, int[] classes) {
        /** Replaces each picture by its mirror image. */
        public void mirror() {
            for (int row = 0; row < pictures.length; row += side) {
                for (int left = row, right = row + side - 1; left < right; left++, right--) {
                    float value = pictures[left];
                    pictures[left] = pictures[right];
                    pictures[right] = value;
                }
            }
        }
    }
}
