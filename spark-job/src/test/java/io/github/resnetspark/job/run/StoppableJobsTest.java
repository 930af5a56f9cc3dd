package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.job.LocalSpark;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StoppableJobsTest {
    private static final AtomicBoolean STARTED = new AtomicBoolean();
    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.open(2);
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    @Test
    void returnsTheResultOfTheWork() {
        assertThat(new StoppableJobs(spark).run(() -> false, () -> spark.parallelize(List.of(1, 2, 3), 2)
                        .reduce(Integer::sum)))
                .isEqualTo(6);
    }

    @Test
    void cancelsRunningAndFollowingJobs() {
        long begin = System.nanoTime();
        AtomicInteger tries = new AtomicInteger();

        assertThatThrownBy(() -> new StoppableJobs(spark).run(STARTED::get, () -> {
                    try {
                        return endless();
                    } catch (RuntimeException e) {
                        tries.incrementAndGet();
                        return endless();
                    }
                }))
                .isInstanceOf(StoppableJobs.Cancelled.class);

        assertThat(tries).hasValue(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
        assertThat(spark.getJobTags()).isEmpty();
    }

    @Test
    void doesNotStartCancelledWork() {
        assertThatThrownBy(() -> new StoppableJobs(spark).run(() -> true, () -> {
                    throw new AssertionError("begun");
                }))
                .isInstanceOf(StoppableJobs.Cancelled.class);
    }

    @Test
    void rethrowsAFailureOfTheWork() {
        IllegalStateException failure = new IllegalStateException("its own");

        assertThatThrownBy(() -> new StoppableJobs(spark).run(() -> false, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    private static long endless() {
        try {
            return spark.parallelize(List.of(1), 1)
                    .filter(number -> {
                        STARTED.set(true);
                        while (!TaskContext.get().isInterrupted()) {
                            Thread.sleep(10);
                        }
                        return true;
                    })
                    .count();
        } catch (Exception e) { // Spark throws undeclared checked exceptions.
            throw new IllegalStateException(e);
        }
    }
}
