package io.github.resnetspark.job.cli.frame;

import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Configures the log of every executor like that of the driver. As a plugin it needs no file or JVM option on the executors' machines,
 * and runs before their first task.
 */
public final class ExecutorLog implements SparkPlugin {
    /** None: the driver configures its log before it starts Spark. */
    @Override
    public DriverPlugin driverPlugin() {
        return null;
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext context, Map<String, String> fromDriver) {
                ReadableLog.configure();
            }
        };
    }
}
