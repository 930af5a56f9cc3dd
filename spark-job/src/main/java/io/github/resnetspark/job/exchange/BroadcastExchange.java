package io.github.resnetspark.job.exchange;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.message.job.ExchangeNotices;
import io.github.resnetspark.spark.Attempts;
import io.github.resnetspark.spark.ExecutorLoss;
import io.github.resnetspark.spark.TaskFailedException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * An {@link Exchange} that uses only Spark's public API: it broadcasts the state and collects the averaged slices. It
 * defines the correct result for {@link BlockExchange}, which is tested against it, and replaces it on versions of
 * Spark with other internals. In each round the driver sends the state several times, depending on the number of
 * workers.
 */
final class BroadcastExchange<C extends RoundTask.Context> implements Exchange<C> {
    private static final Logger LOG = LoggerFactory.getLogger(BroadcastExchange.class);

    private final JavaSparkContext spark;
    private final Broadcast<C> run;

    BroadcastExchange(JavaSparkContext spark, C context) {
        this.spark = spark;
        this.run = spark.broadcast(context);
    }

    @Override
    public Result round(AveragedState start, List<? extends RoundTask<C>> tasks) {
        Attempts attempts = new Attempts(ROUND);
        while (true) {
            try {
                return once(start.get(), tasks);
            } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
                String loss = ExecutorLoss.in(e).orElseThrow(() -> TaskFailedException.of(e, "Training"));
                attempts.lost(loss);
                LOG.warn(ExchangeNotices.repeats(loss));
            }
        }
    }

    private Result once(NetworkState start, List<? extends RoundTask<C>> tasks) {
        long begin = System.nanoTime();
        StateSlices cut = run.value().slices();
        RoundCosts.Counter costs = RoundCosts.Counter.register(spark);
        Broadcast<NetworkState> sent = spark.broadcast(start);
        try {
            long spread = System.nanoTime();
            List<SliceAverage> averages = new ArrayList<>(averages(tasks, sent, costs));
            long reduced = System.nanoTime();
            averages.sort(Comparator.comparingInt(SliceAverage::slice));
            return new Result(
                    AveragedState.of(joined(start, averages)),
                    SliceAverage.reports(
                            tasks, averages.stream().map(SliceAverage::summary).toList()),
                    RoundTimes.of(
                            (spread - begin) / 1e9,
                            (reduced - spread) / 1e9,
                            // Each slice has a task of its own.
                            costs.value().reduce() / tasks.size(),
                            costs.value(),
                            tasks.size(),
                            cut.bytes()));
        } finally {
            sent.destroy();
        }
    }

    private List<SliceAverage> averages(
            List<? extends RoundTask<C>> tasks, Broadcast<NetworkState> sent, RoundCosts.Counter costs) {
        Broadcast<C> context = run;
        int slices = run.value().slices().count();
        List<RoundTask<C>> workers = new ArrayList<>(tasks);
        return spark.parallelize(workers, workers.size())
                .flatMapToPair(task -> parts(task, context.value(), sent.value(), costs))
                .groupByKey(new HashPartitioner(slices))
                .map(slice -> average(slice, costs))
                .collect();
    }

    /** Runs on an executor. */
    private static <C extends RoundTask.Context> Iterator<Tuple2<Integer, SliceAverage.Part>> parts(
            RoundTask<C> task, C context, NetworkState start, RoundCosts.Counter costs) throws InterruptedException {
        long begin = System.nanoTime();
        RoundTask.Result result = task.run(context, start.reader(context.slices()));
        costs.add(RoundCosts.ofState(context.slices().bytes()));
        costs.add(RoundCosts.ofWorker((System.nanoTime() - begin) / 1e9, 0));
        return SliceAverage.parts(result).iterator();
    }

    private static SliceAverage average(Tuple2<Integer, Iterable<SliceAverage.Part>> slice, RoundCosts.Counter costs) {
        long begin = System.nanoTime();
        List<SliceAverage.Part> parts = new ArrayList<>();
        slice._2().forEach(parts::add);
        SliceAverage average = SliceAverage.of(slice._1(), parts);
        costs.add(RoundCosts.ofSlice(0, (System.nanoTime() - begin) / 1e9));
        return average;
    }

    private NetworkState joined(NetworkState start, List<SliceAverage> averages) {
        BatchNormMoments moments = run.value().moments();
        NetworkState state = run.value()
                .slices()
                .join(averages.stream().map(SliceAverage::values).toList());
        float[] centre = moments.means(FloatBuffer.wrap(start.parameters())::get);
        moments.toVariances(FloatBuffer.wrap(state.parameters()), centre);
        return state;
    }

    @Override
    public void close() {
        run.destroy();
    }
}
