package io.github.resnetspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.job.averaging.RunningStatistics;
import io.github.resnetspark.job.worker.NetworkState;
import io.github.resnetspark.job.worker.StateSlices;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListenerBlockManagerRemoved;
import org.apache.spark.storage.BlockManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StateCollectorTest {
    /** A weight, a running mean, its variance, and one value of the updater. */
    private static final StateSlices CUT = StateSlices.of(new NetworkState(new float[3], new float[1]), 2);

    private JavaSparkContext spark;
    private StateCollector collector;
    private SpreadState spread;

    @BeforeEach
    void spread() {
        spark = LocalSpark.open(2);
        collector = new StateCollector(spark, CUT, new BatchNormMoments(List.of(new RunningStatistics(1, 2, 1))));
        SliceBlocks slices = SliceBlocks.create(spark, 2);
        slices.put(0, RawFloats.of(1, 5));
        slices.put(1, RawFloats.of(11, 4));
        spread = SpreadState.averaged(slices, new float[] {3});
    }

    @AfterEach
    void close() {
        collector.close();
        spark.close();
    }

    @Test
    void bringsAnAverageToTheDriverWithItsMomentsMadeVariances() {
        NetworkState state = collector.collect(spread).join();

        // var = E[(x − 3)²] − (5 − 3)².
        assertThat(state.parameters()).containsExactly(1, 5, 7);
        assertThat(state.updaterState()).containsExactly(4);
    }

    @Test
    void lendsItsCopiesWhereThoseOfAnExecutorAreLost() throws Exception {
        collector.collect(spread).join();
        lose();
        assertThat(spread.slices().get(1)).isEmpty();

        collector.onBlockManagerRemoved(new SparkListenerBlockManagerRemoved(0, blocks().blockManagerId()));

        for (int look = 0; look < 100 && spread.slices().get(1).isEmpty(); look++) {
            Thread.sleep(50);
        }
        assertThat(spread.slices().get(0).orElseThrow().toArray()).containsExactly(1, 5);
        assertThat(spread.slices().get(1).orElseThrow().toArray()).containsExactly(11, 4);
    }

    @Test
    void failsWhereTheDriverNeverHadTheAverage() {
        lose();

        assertThat(collector.collect(spread))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(LostSliceException.class)
                .withMessageContaining(spread.slices().id(0).name() + " is no longer on any executor");
    }

    private void lose() {
        spread.slices().remove(0);
        spread.slices().remove(1);
    }

    private static BlockManager blocks() {
        return SparkEnv.get().blockManager();
    }
}
