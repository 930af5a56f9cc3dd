package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.job.input.GeneratedShards;
import io.github.resnetspark.job.input.ShardSet;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.replica.GraphState;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;
import io.github.resnetspark.job.schedule.Schedule;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetriedTaskTest {
    private static final ResNetSpec NETWORK = GeneratedShards.NETWORK;

    @TempDir
    private Path folder;

    @Test
    void aRetriedTaskIsBitIdentical() throws IOException {
        ShardSet shards = GeneratedShards.write(folder, Split.TRAIN, 100, 40, 7);
        Configuration failing = new Configuration();
        failing.set("fs.file.impl", FailsOnce.class.getName());
        failing.set("fs.file.impl.disable.cache", "true");
        ShardSet disturbed = new ShardSet(
                shards.directory(), shards.shards(), shards.classes(), new SerializableConfiguration(failing));
        try (JavaSparkContext spark = LocalSpark.open("local[2,2]")) {
            TrainingOutcome smooth = train(spark, "smooth", shards);
            TrainingOutcome retried = train(spark, "retried", disturbed);

            assertThat(FailsOnce.OPENED).hasValueGreaterThan(FailsOnce.FAILING);
            assertThat(retried.last().parameters()).isEqualTo(smooth.last().parameters());
            assertThat(retried.last().updaterState()).isEqualTo(smooth.last().updaterState());
        }
    }

    private static TrainingOutcome train(JavaSparkContext spark, String run, ShardSet shards) {
        TrainingPlan plan = TrainingPlan.builder(
                        new ReplicaSpec(run, NETWORK, 0.9, 1e-3),
                        GeneratedShards.source(shards),
                        Schedule.STEP.of(new Schedule.Settings(0.05, 2, Warmup.none(), List.of(), 1)))
                .epochs(2)
                .workers(2, 8)
                .averaging(AveragingRule.plain(2))
                .order(2, 1)
                .build();
        GraphState layout = new GraphState(ResNet.create(NETWORK, 5));
        try {
            return new AveragingTrainer(spark, plan, TrainingListener.all(List.of()), WorkerSupply.fixed(2))
                    .train(
                            RunState.beginning(layout.withoutMomentum(), Instant.now()),
                            layout.moments(),
                            new RunKeeper() {});
        } finally {
            ReplicaPool.close(run);
        }
    }

    /** A local disk on which the third file that is opened cannot be read at first. */
    public static final class FailsOnce extends RawLocalFileSystem {
        static final int FAILING = 3;
        static final AtomicInteger OPENED = new AtomicInteger();

        @Override
        public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize) throws IOException {
            if (OPENED.incrementAndGet() == FAILING) {
                throw new IOException("the disk is gone for a moment");
            }
            return super.open(file, bufferSize);
        }
    }
}
