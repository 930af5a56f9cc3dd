package io.github.resnetspark.job.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.BatchNormMoments.RunningStatistics;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.message.job.TrainingFailures;
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
    /** A weight, a running mean, its variance, and one value of the updater state. */
    private static final StateSlices CUT = StateSlices.of(new NetworkState(new float[3], new float[1]), 2);

    private static final BatchNormMoments MOMENTS = new BatchNormMoments(List.of(new RunningStatistics(1, 2, 1)));

    private JavaSparkContext spark;
    private StateCollector collector;
    private SpreadState spread;

    @BeforeEach
    void spread() {
        spark = LocalSpark.open(2);
        collector = new StateCollector(spark, CUT, MOMENTS);
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
    void collectsAnAverageAndConvertsMomentsToVariances() {
        NetworkState state = collector.collect(spread, Duration.ZERO).await().network();

        // var = E[(x − 3)²] − (5 − 3)².
        assertThat(state.parameters()).containsExactly(1, 5, 7);
        assertThat(state.updaterState()).containsExactly(4);
    }

    @Test
    void returnsRunningMeansWithoutJoiningTheState() {
        AveragedState.OnDriver state = collector.collect(spread, Duration.ZERO).await();

        assertThat(state.means(MOMENTS)).containsExactly(5);
    }

    @Test
    void keepsTheLastTwoAveragesAndRejectsOlderOnes() {
        AveragedState.OnDriver first = collector.collect(spread, Duration.ZERO).await();
        AveragedState.OnDriver second = collector.collect(spread, Duration.ZERO).await();
        assertThat(first.network().parameters()).containsExactly(1, 5, 7);

        collector.collect(spread, Duration.ZERO).await();

        assertThat(second.network().parameters()).containsExactly(1, 5, 7);
        assertThatIllegalStateException()
                .isThrownBy(first::network)
                .withMessage("The average of a round was requested after two more rounds.");
        assertThatIllegalStateException()
                .isThrownBy(() -> first.means(MOMENTS))
                .withMessage("The average of a round was requested after two more rounds.");
    }

    @Test
    void lendsItsCopiesIfAnExecutorIsLost() throws Exception {
        collector.collect(spread, Duration.ZERO).await();
        lose();
        assertThat(slice(1)).isEmpty();

        collector.onBlockManagerRemoved(new SparkListenerBlockManagerRemoved(0, blocks().blockManagerId()));

        for (int look = 0; look < 100 && slice(1).length == 0; look++) {
            Thread.sleep(50);
        }
        assertThat(slice(0)).containsExactly(1, 5);
        assertThat(slice(1)).containsExactly(11, 4);
    }

    @Test
    void lendsSlicesThatTheDriverSpread() throws Exception {
        SliceBlocks sent = SliceBlocks.create(spark, 2);
        collector.keep(sent, List.of(RawFloats.of(7, 8), RawFloats.of(9)));

        collector.onBlockManagerRemoved(new SparkListenerBlockManagerRemoved(0, blocks().blockManagerId()));

        for (int look = 0; look < 100 && slice(sent, 1, 1).length == 0; look++) {
            Thread.sleep(50);
        }
        assertThat(slice(sent, 0, 2)).containsExactly(7, 8);
        assertThat(slice(sent, 1, 1)).containsExactly(9);
        collector.collect(spread, Duration.ZERO).await();
        assertThat(slice(sent, 0, 2))
                .as("what is kept no longer is not lent either")
                .isEmpty();
    }

    @Test
    void aPauseEndsByItselfOrWhenTheStateIsRequestedOrAnExecutorIsLost() {
        assertThat(collector.collect(spread, Duration.ofMillis(10)).state()).succeedsWithin(Duration.ofSeconds(10));

        Duration anHour = Duration.ofHours(1);
        Collecting requested = collector.collect(spread, anHour);
        assertThat(requested.state()).isNotDone();
        assertThat(requested.await().means(MOMENTS)).containsExactly(5);

        Collecting afterALoss = collector.collect(spread, anHour);
        collector.onBlockManagerRemoved(new SparkListenerBlockManagerRemoved(0, blocks().blockManagerId()));
        assertThat(afterALoss.state()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void losingAnExecutorBeforeTheFirstAverageIsHarmless() {
        collector.onBlockManagerRemoved(new SparkListenerBlockManagerRemoved(0, blocks().blockManagerId()));

        assertThat(collector.collect(spread, Duration.ZERO).await().network().parameters())
                .containsExactly(1, 5, 7);
    }

    @Test
    void failsIfTheDriverNeverHadTheAverage() {
        lose();

        assertThat(collector.collect(spread, Duration.ZERO).state())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(SliceBlocks.LostSliceException.class)
                .withMessageContaining(
                        TrainingFailures.sliceLost(0, spread.slices().id(0).name()));
    }

    /** Empty if no process has it. */
    private float[] slice(int slice) throws InterruptedException {
        return slice(spread.slices(), slice, 2);
    }

    private static float[] slice(SliceBlocks of, int slice, int length) throws InterruptedException {
        RawFloats read = RawFloats.zeros(length);
        List<Integer> missing = of.read(List.of(slice), (index, values) -> read.set(values));
        return missing.isEmpty() ? read.toArray() : new float[0];
    }

    private void lose() {
        spread.slices().remove(0);
        spread.slices().remove(1);
    }

    private static BlockManager blocks() {
        return SparkEnv.get().blockManager();
    }
}
