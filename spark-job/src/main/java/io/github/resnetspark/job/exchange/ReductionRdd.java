package io.github.resnetspark.job.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.spark.Dependency;
import org.apache.spark.HashPartitioner;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.Partition;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.shuffle.ShuffleReader;
import org.apache.spark.shuffle.ShuffleWriteProcessor;
import scala.Option;
import scala.Product2;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The second half of a round: the workers' slices reach the reducers through a shuffle, and each reducer averages its
 * slices and stores the averages on its executor. There is one partition per reducer, with one element for each of its
 * slices. With only one worker there is nothing to exchange: the worker's own task stores its slices.
 *
 * <p>This is one RDD, and tasks contain little more than the number of the shuffle. With Spark's own RDDs for the three
 * steps and a closure in each, cleaning, sending and reading the tasks would take longer than averaging a small
 * network.
 */
final class ReductionRdd extends RDD<SliceAverage.Summary> {
    private static final long serialVersionUID = 1;

    private final SliceBlocks averages;
    private final int reducers;
    /** Whether there is only one worker. */
    private final boolean alone;

    private final RoundCosts.Counter costs;

    /**
     * Reduces the slices of a round's workers.
     *
     * @param reducers number of tasks that average, each several slices one after another
     * @param averages where the averages are stored; determines the number of slices
     */
    ReductionRdd(WorkerRdd<?> parts, int reducers, SliceBlocks averages, RoundCosts.Counter costs) {
        super(
                parts.sparkContext(),
                JavaConverters.asScalaBuffer(List.<Dependency<?>>of(
                                isAlone(parts) ? new OneToOneDependency<>(parts) : shuffle(parts, averages.count())))
                        .toList(),
                ClassTag$.MODULE$.apply(SliceAverage.Summary.class));
        this.averages = averages;
        this.alone = isAlone(parts);
        this.reducers = alone ? 1 : Math.min(reducers, averages.count());
        this.costs = costs;
    }

    private static boolean isAlone(WorkerRdd<?> parts) {
        return parts.getNumPartitions() == 1;
    }

    private static ShuffleDependency<Integer, SliceAverage.Part, SliceAverage.Part> shuffle(
            RDD<Tuple2<Integer, SliceAverage.Part>> parts, int slices) {
        ClassTag<Integer> slice = ClassTag$.MODULE$.apply(Integer.class);
        ClassTag<SliceAverage.Part> part = ClassTag$.MODULE$.apply(SliceAverage.Part.class);
        return new ShuffleDependency<>(
                parts,
                new HashPartitioner(slices),
                new RawFloatsSerializer(),
                Option.empty(),
                Option.empty(),
                false,
                new ShuffleWriteProcessor(),
                slice,
                part,
                part);
    }

    @Override
    public Partition[] getPartitions() {
        if (alone) {
            return parent().partitions();
        }
        return IntStream.range(0, reducers).mapToObj(Reducer::new).toArray(Partition[]::new);
    }

    @Override
    public Iterator<SliceAverage.Summary> compute(Partition reducer, TaskContext task) {
        List<SliceAverage.Summary> summaries =
                alone ? copied(parent().iterator(reducer, task)) : reduced(reducer, task);
        return JavaConverters.asScalaIterator(summaries.iterator());
    }

    private RDD<Tuple2<Integer, SliceAverage.Part>> parent() {
        return firstParent(ClassTag$.MODULE$.apply(Tuple2.class));
    }

    /** The slices of the only worker are views of the memory of its replicas, so they are copied. */
    private List<SliceAverage.Summary> copied(Iterator<Tuple2<Integer, SliceAverage.Part>> parts) {
        List<Tuple2<Integer, SliceAverage.Part>> slices = new ArrayList<>();
        while (parts.hasNext()) {
            slices.add(parts.next());
        }
        List<SliceAverage> copies = slices.parallelStream()
                .map(slice -> SliceAverage.of(slice._1(), List.of(slice._2())))
                .toList();
        return copies.stream().map(this::stored).toList();
    }

    /** While one slice is read, the next one is already requested, and the one before is averaged on another thread. */
    private List<SliceAverage.Summary> reduced(Partition reducer, TaskContext task) {
        long begin = System.nanoTime();
        List<SliceAverage.Summary> summaries = new ArrayList<>();
        Optional<CompletableFuture<Reduced>> before = Optional.empty();
        int slice = reducer.index();
        long reading = begin;
        Iterator<Product2<Integer, SliceAverage.Part>> next = request(slice, task);
        while (slice < averages.count()) {
            int index = slice;
            Iterator<Product2<Integer, SliceAverage.Part>> arriving = next;
            slice += reducers;
            if (slice < averages.count()) {
                next = request(slice, task);
            }
            List<SliceAverage.Part> parts = parts(arriving);
            costs.add(RoundCosts.ofSlice(secondsSince(reading), 0));
            before.ifPresent(one -> summaries.add(stored(one)));
            before = Optional.of(CompletableFuture.supplyAsync(() -> Reduced.of(index, parts)));
            reading = System.nanoTime();
        }
        before.ifPresent(one -> summaries.add(stored(one)));
        costs.add(RoundCosts.ofReducer(secondsSince(begin)));
        return summaries;
    }

    private SliceAverage.Summary stored(CompletableFuture<Reduced> coming) {
        Reduced reduced = coming.join();
        costs.add(RoundCosts.ofSlice(0, reduced.seconds()));
        return stored(reduced.average());
    }

    private SliceAverage.Summary stored(SliceAverage average) {
        averages.put(average.slice(), average.values());
        return average.summary();
    }

    /** The average of a slice, and the time that it took. */
    private record Reduced(SliceAverage average, double seconds) {
        static Reduced of(int slice, List<SliceAverage.Part> parts) {
            long begin = System.nanoTime();
            SliceAverage average = SliceAverage.of(slice, parts);
            return new Reduced(average, secondsSince(begin));
        }
    }

    /** Requests one slice from all workers. Spark limits the bytes that may arrive before they are read. */
    private Iterator<Product2<Integer, SliceAverage.Part>> request(int slice, TaskContext task) {
        ShuffleDependency<?, ?, ?> shuffle =
                (ShuffleDependency<?, ?, ?>) dependencies().head();
        ShuffleReader<Integer, SliceAverage.Part> reader = SparkEnv.get()
                .shuffleManager()
                .getReader(
                        shuffle.shuffleHandle(),
                        slice,
                        slice + 1,
                        task,
                        task.taskMetrics().createTempShuffleReadMetrics());
        return reader.read();
    }

    /** One slice from all workers, in any order. */
    private static List<SliceAverage.Part> parts(Iterator<Product2<Integer, SliceAverage.Part>> arriving) {
        List<SliceAverage.Part> parts = new ArrayList<>();
        while (arriving.hasNext()) {
            parts.add(arriving.next()._2());
        }
        return parts;
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** One reducer. */
    private record Reducer(int index) implements Partition {}
}
