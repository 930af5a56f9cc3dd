package io.github.resnetspark.job.exchange;

import io.github.resnetspark.message.job.ExchangeNotices;
import io.github.resnetspark.spark.TaskSlots;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.status.api.v1.ExecutorSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.JavaConverters;

/**
 * Keeps task slots without a worker ready to take over the work of a lost executor. Spark then retries the task there at
 * once. A cold executor would first have to load classes, create its replicas, and compile and tune code.
 *
 * <p>The slots are prepared by Spark jobs of their own, on a thread of their own. Such a job is submitted only while the
 * job of a round is running. Spark's default scheduling, first in, first out, then prefers all tasks of the round. Each
 * task is meant for one executor, and does nothing on another one. A failure of this work is only logged.
 */
final class WarmSpares<C extends RoundTask.Context> extends SparkListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WarmSpares.class);
    /** Spark's list of executors is updated by another listener, a moment before or after this one. */
    private static final Duration SETTLE = Duration.ofMillis(200);

    /** The executor of embedded Spark is the driver: if it is lost, so is the run. */
    private static final String DRIVER = "driver";

    private final JavaSparkContext spark;
    private final Broadcast<C> run;
    private final Spares<C> spares;
    private final Placement places;
    private final ThreadPoolExecutor thread;

    private final ReadySlots slots;
    private boolean inRound;
    private boolean closed;
    /** Whether {@link #warm} will run soon. */
    private boolean due;

    private Optional<JavaFutureAction<?>> job = Optional.empty();

    /**
     * For all rounds of a run.
     *
     * @param run what its tasks need
     * @param places is told which machines have spares
     */
    WarmSpares(JavaSparkContext spark, Broadcast<C> run, Spares<C> spares, Placement places) {
        this.spark = spark;
        this.run = run;
        this.spares = spares;
        this.places = places;
        this.slots = new ReadySlots(spares.wanted(), spares.reserved());
        this.thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread one = new Thread(work, "warm-spares");
            one.setDaemon(true);
            return one;
        });
        if (spares.wanted() > 0) {
            // A thread inherits the tags of Spark's jobs from the thread that starts it. Later, there may be some.
            thread.prestartCoreThread();
            spark.sc().addSparkListener(this);
        }
    }

    /** What happened to the slot of an executor. */
    private enum Outcome {
        WARM,
        /** Spark ran the task on another executor. */
        ELSEWHERE,
        FAILED
    }

    /**
     * The end of a task.
     *
     * @param executor for which it was meant
     * @param why it failed; otherwise empty
     */
    private record Report(String executor, Outcome outcome, String why) implements Serializable {}

    /** The job of a round has been submitted. */
    void roundBegan() {
        synchronized (this) {
            inRound = true;
        }
        look(Duration.ZERO);
    }

    /** The job of a round has ended, or failed. */
    synchronized void roundEnded() {
        inRound = false;
    }

    /** The workers of a round have run there. */
    synchronized void worked(List<SliceAverage.PlacedReport> workers) {
        slots.worked(workers.stream().map(worker -> worker.place().executor()).toList());
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded added) {
        look(SETTLE);
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        look(SETTLE);
    }

    private synchronized void look(Duration delay) {
        if (spares.wanted() > 0 && !closed && !due) {
            due = true;
            thread.execute(() -> warm(delay));
        }
    }

    private void warm(Duration delay) {
        try {
            Thread.sleep(delay.toMillis());
            synchronized (this) {
                due = false;
            }
            List<ReadySlots.Executor> executors = executors(spark.sc());
            Optional<JavaFutureAction<List<Report>>> started = start(executors);
            if (started.isPresent()) {
                note(started.get().get(), executors);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | LinkageError e) { // Spark throws checked exceptions that it does not declare.
            LOG.debug(ExchangeNotices.spareNotWarmed(e.toString()));
        }
    }

    private synchronized Optional<JavaFutureAction<List<Report>>> start(List<ReadySlots.Executor> executors) {
        places.noteSpares(slots.spareHosts(executors));
        List<ReadySlots.Executor> missing = inRound && !closed ? slots.missing(executors) : List.of();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        Broadcast<C> context = run;
        Spares.Preparation<C> preparation = spares.preparation();
        spark.sc().setJobDescription(Spares.JOB_DESCRIPTION);
        JavaFutureAction<List<Report>> submitted = Placement.located(
                        spark, missing, slot -> missing.get(slot).place().only())
                .map(executor -> prepare(context, preparation, executor))
                .collectAsync();
        job = Optional.of(submitted);
        return Optional.of(submitted);
    }

    private synchronized void note(List<Report> reports, List<ReadySlots.Executor> executors) {
        boolean more = false;
        for (Report report : reports) {
            if (report.outcome() == Outcome.WARM) {
                slots.warmed(report.executor());
                more = true;
            } else if (report.outcome() == Outcome.FAILED) {
                slots.failed(report.executor());
                LOG.debug(ExchangeNotices.spareNotWarmed(report.why()));
            }
        }
        if (more) {
            places.noteSpares(slots.spareHosts(executors));
            LOG.info(ExchangeNotices.sparesWarm(slots.spares(executors)));
        }
    }

    /** Runs on an executor. */
    private static <C extends RoundTask.Context> Report prepare(
            Broadcast<C> run, Spares.Preparation<C> preparation, ReadySlots.Executor meant) {
        String executor = meant.place().executor();
        if (!Placement.Place.here().executor().equals(executor)) {
            return new Report(executor, Outcome.ELSEWHERE, "");
        }
        try {
            preparation.run(run.value(), meant.slots());
            return new Report(executor, Outcome.WARM, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Report(executor, Outcome.FAILED, e.toString());
        } catch (Exception e) { // Includes checked exceptions, which Spark does not declare.
            // A failed task would make Spark retry it, and warn.
            return new Report(executor, Outcome.FAILED, e.toString());
        }
    }

    private static List<ReadySlots.Executor> executors(SparkContext spark) {
        List<ReadySlots.Executor> executors = new ArrayList<>();
        for (ExecutorSummary executor :
                JavaConverters.seqAsJavaList(spark.statusStore().executorList(true))) {
            if (!executor.id().equals(DRIVER)) {
                String host =
                        executor.hostPort().substring(0, executor.hostPort().lastIndexOf(':'));
                executors.add(new ReadySlots.Executor(
                        new Placement.Place(host, executor.id()),
                        TaskSlots.ofExecutor(
                                spark.conf(),
                                executor.totalCores(),
                                JavaConverters.mapAsJavaMap(executor.resources()))));
            }
        }
        return executors;
    }

    /** Ends the work that has been started. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            job.ifPresent(running -> running.cancel(true));
        }
        thread.shutdownNow();
        if (spares.wanted() > 0) {
            spark.sc().removeSparkListener(this);
        }
    }
}
