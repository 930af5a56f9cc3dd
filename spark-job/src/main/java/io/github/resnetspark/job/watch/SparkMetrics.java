package io.github.resnetspark.job.watch;

import com.codahale.metrics.MetricRegistry;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobStart;

/**
 * A source named {@code resnet} in Spark's metrics system, and two figures of the driver that only Spark knows.
 *
 * <p>Spark's public way to add metrics, a plugin's registry, would put the name of a class into the name of every metric,
 * and would keep them after the training. So this uses Spark's internal interface of sources, which all versions since 1.0 have.
 */
final class SparkMetrics extends SparkListener implements Source {
    /** The beginning of all names. */
    static final String NAME = "resnet";

    private final MetricRegistry registry = new MetricRegistry();
    private final LongAdder executorsLost = new LongAdder();
    private final LongAdder roundsRedone = new LongAdder();
    private String lastRound = "";

    @Override
    public String sourceName() {
        return NAME;
    }

    @Override
    public MetricRegistry metricRegistry() {
        return registry;
    }

    /** Executors that were lost since this listens, not counting those that Spark no longer needed. */
    long executorsLost() {
        return executorsLost.sum();
    }

    /** Rounds that were started again because their executors were lost, since this listens. */
    long roundsRedone() {
        return roundsRedone.sum();
    }

    /** Makes the metrics of the registry available to Spark's sinks in this process. */
    void register() {
        SparkEnv.get().metricsSystem().registerSource(this);
    }

    /** Undoes that. */
    void remove() {
        if (SparkEnv.get() != null) {
            SparkEnv.get().metricsSystem().removeSource(this);
        }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        if (!ExecutorWatch.isReturned(removed)) {
            executorsLost.increment();
        }
    }

    /** A round has one job in which workers' results are averaged, in a second stage. */
    @Override
    public void onJobStart(SparkListenerJobStart job) {
        Properties properties = job.properties();
        String round = properties == null ? null : properties.getProperty(RoundJobs.ROUND);
        if (round != null && job.stageInfos().size() > 1) {
            if (round.equals(lastRound)) {
                roundsRedone.increment();
            }
            lastRound = round;
        }
    }
}
