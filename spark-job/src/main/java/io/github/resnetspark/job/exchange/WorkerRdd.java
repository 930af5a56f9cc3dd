package io.github.resnetspark.job.exchange;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;

/**
 * The first half of a round: one partition for each {@link RoundTask}, which reads all slices of the state and returns
 * its own slices by index.
 *
 * <p>Spark sees no dependencies: the slices of the state are not an RDD, so their location does not affect the
 * placement of tasks. The elements may be views of a replica's memory, which another task uses next. A shuffle writes
 * them in time, but they must not be collected or cached.
 */
final class WorkerRdd<C extends RoundTask.Context> extends RDD<Tuple2<Integer, SliceAverage.Part>> {
    private static final long serialVersionUID = 1;
    /** Maximum wait for the driver to lend the slices of a lost executor. */
    private static final Duration LONGEST_LOSS = Duration.ofSeconds(20);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    private final SliceBlocks state;
    /** Null if there is none, because an {@link java.util.Optional} cannot be serialized. */
    private final float[] centre;

    private final Broadcast<C> context;
    private final RoundCosts.Counter costs;
    /** Only on the driver: a task gets its own partition from Spark. */
    private final transient WorkerPartition<?>[] parts;

    private WorkerRdd(
            JavaSparkContext spark,
            SpreadState state,
            Broadcast<C> context,
            RoundCosts.Counter costs,
            WorkerPartition<?>[] parts) {
        super(
                spark.sc(),
                JavaConverters.asScalaBuffer(List.<Dependency<?>>of()).toList(),
                ClassTag$.MODULE$.apply(Tuple2.class));
        this.state = state.slices();
        this.centre = state.centre().orElse(null);
        this.context = context;
        this.costs = costs;
        this.parts = parts;
    }

    static <C extends RoundTask.Context> WorkerRdd<C> of(
            JavaSparkContext spark,
            SpreadState state,
            Broadcast<C> context,
            RoundCosts.Counter costs,
            List<? extends RoundTask<C>> tasks,
            Placement places) {
        WorkerPartition<?>[] parts = new WorkerPartition<?>[tasks.size()];
        for (int index = 0; index < parts.length; index++) {
            RoundTask<C> task = tasks.get(index);
            parts[index] = new WorkerPartition<>(index, task, places.of(task.worker()));
        }
        return new WorkerRdd<>(spark, state, context, costs, parts);
    }

    @Override
    public Partition[] getPartitions() {
        return parts.clone();
    }

    @Override
    public scala.collection.immutable.List<String> getPreferredLocations(Partition part) {
        return ((WorkerPartition<?>) part).places();
    }

    @Override
    @SuppressWarnings("unchecked") // All partitions are created here.
    public Iterator<Tuple2<Integer, SliceAverage.Part>> compute(Partition part, TaskContext task) {
        long begin = System.nanoTime();
        RoundTask.Result result = fit((WorkerPartition<C>) part, task);
        long trained = System.nanoTime();
        // After this, Spark pulls the slices and writes them. Spark's metrics do not contain the time of all that.
        TaskCompletionListener written =
                ended -> costs.add(RoundCosts.ofWorker((trained - begin) / 1e9, (System.nanoTime() - trained) / 1e9));
        task.addTaskCompletionListener(written);
        return JavaConverters.asScalaIterator(SliceAverage.parts(result).iterator());
    }

    private RoundTask.Result fit(WorkerPartition<C> part, TaskContext task) {
        try {
            return part.task().run(context.value(), new StateReader() {
                @Override
                public void read(List<Integer> slices, Reading reading) throws InterruptedException {
                    find(slices, reading, task);
                }

                @Override
                public Optional<float[]> centre() {
                    return Optional.ofNullable(centre);
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The task was interrupted.", e);
        }
    }

    /** Reads slices. If one was lost with its executor, waits until the driver has noticed and lends its copy. */
    private void find(List<Integer> slices, StateReader.Reading reading, TaskContext task) throws InterruptedException {
        List<Integer> left = state.read(slices, reading);
        long deadline = System.nanoTime() + LONGEST_LOSS.toNanos();
        while (!left.isEmpty()) {
            if (task.isInterrupted()) {
                throw new TaskKilledException("The round was cancelled.");
            }
            if (System.nanoTime() > deadline) {
                throw SliceBlocks.LostSliceException.of(state, left.get(0));
            }
            Thread.sleep(POLL_INTERVAL.toMillis());
            List<Integer> still = state.read(left, reading);
            if (still.size() < left.size()) {
                deadline = System.nanoTime() + LONGEST_LOSS.toNanos();
            }
            left = still;
        }
    }

    /** The partition of one worker. */
    private record WorkerPartition<C extends RoundTask.Context>(
            int index, RoundTask<C> task, scala.collection.immutable.List<String> places) implements Partition {
        @Override
        public boolean equals(Object other) {
            return other instanceof WorkerPartition<?> part && part.index == index;
        }

        @Override
        public int hashCode() {
            return index;
        }
    }
}
