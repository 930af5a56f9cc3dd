package io.github.resnetspark.job.watch;

import com.codahale.metrics.MetricRegistry;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.message.job.TrainingNotices;
import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.bytedeco.javacpp.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the replicas of an executor do at the moment, as metrics of Spark. As a plugin it is there from the start of the
 * executor to its end.
 */
public final class ExecutorGauges implements SparkPlugin {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutorGauges.class);

    static void addTo(MetricRegistry registry) {
        TrainingGauges.add(registry, "replicas", () -> ReplicaPool.activity().replicas());
        TrainingGauges.add(
                registry, "replicasBusy", () -> ReplicaPool.activity().busy());
        TrainingGauges.add(
                registry, "replicasWaiting", () -> ReplicaPool.activity().waiting());
        TrainingGauges.add(
                registry, "minibatchesReady", () -> ReplicaPool.activity().minibatchesReady());
        TrainingGauges.add(registry, "physicalBytes", Pointer::physicalBytes);
        TrainingGauges.add(registry, "nativeBytes", Pointer::totalBytes);
    }

    /** None: the driver has metrics while it trains. */
    @Override
    public DriverPlugin driverPlugin() {
        return null;
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext context, Map<String, String> fromDriver) {
                try {
                    SparkMetrics metrics = new SparkMetrics();
                    addTo(metrics.metricRegistry());
                    metrics.register();
                } catch (LinkageError | RuntimeException e) { // Of a Spark with other internals.
                    LOG.warn(TrainingNotices.withoutSparkMetrics(e.toString()));
                }
            }
        };
    }
}
