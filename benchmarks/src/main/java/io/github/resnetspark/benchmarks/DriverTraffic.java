package io.github.resnetspark.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.BlockUpdatedInfo;

/**
 * Counts the traffic of the driver with Spark's own events: results of tasks, and blocks of broadcasts wherever they arrive. That is
 * more than the driver sends, because executors also fetch such blocks from each other. After every job, it appends a line with both
 * sums so far to a file.
 */
public final class DriverTraffic extends SparkListener {
    /** The setting of Spark with the path of the file. */
    static final String FILE = "spark.resnet.driverTraffic";

    private final Path file;
    private long in;
    private long out;

    public DriverTraffic(SparkConf conf) {
        this.file = Path.of(conf.get(FILE));
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        if (task.taskMetrics() != null) {
            in += task.taskMetrics().resultSize();
        }
    }

    @Override
    public void onBlockUpdated(SparkListenerBlockUpdated event) {
        BlockUpdatedInfo block = event.blockUpdatedInfo();
        boolean arrives = block.blockId().isBroadcast()
                && block.blockId().name().contains("_piece")
                && !block.blockManagerId().isDriver()
                && block.storageLevel().isValid();
        if (arrives) {
            out += block.memSize() + block.diskSize();
        }
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd job) {
        try {
            Files.writeString(file, in + " " + out + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
