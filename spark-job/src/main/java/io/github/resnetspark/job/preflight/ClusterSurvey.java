package io.github.resnetspark.job.preflight;

import io.github.resnetspark.spark.JobDescription;
import io.github.resnetspark.spark.TaskFailedException;
import io.github.resnetspark.spark.TaskSlots;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/** Collects facts about every task slot. */
final class ClusterSurvey {
    private static final long POLL_MILLISECONDS = 100;
    private static final String WAIT = "spark.scheduler.maxRegisteredResourcesWaitingTime";
    private static final long LINGER_MILLISECONDS = 500;

    private final JavaSparkContext spark;
    private final SparkConf conf;

    ClusterSurvey(JavaSparkContext spark) {
        this.spark = spark;
        this.conf = spark.getConf();
    }

    /**
     * Waits for enough slots, up to the time limit in Spark's own settings, and collects facts about the slots that there are.
     *
     * @param workers slots that the run needs
     */
    ClusterFacts facts(int workers) {
        long begin = System.nanoTime();
        boolean dynamic = conf.getBoolean("spark.dynamicAllocation.enabled", false);
        int coresPerTask = conf.getInt("spark.task.cpus", 1);
        ClusterManager manager = ClusterManager.of(spark.master());
        // By default, a standalone worker gives all of its cores to an executor.
        boolean known = manager != ClusterManager.STANDALONE || conf.contains("spark.executor.cores");
        int slotsOfExecutor = known ? TaskSlots.ofEachExecutor(conf) : Integer.MAX_VALUE;
        OptionalInt limit = dynamic && known ? slotLimit(slotsOfExecutor) : OptionalInt.empty();
        // With dynamic allocation, executors start when there are tasks.
        int slots = dynamic ? Math.min(workers, limit.orElse(workers)) : awaitSlots(workers);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        List<SlotFacts> facts = slots == 0 ? List.of() : dynamic ? askTasks(slots) : askSlots(slots);
        return new ClusterFacts(
                manager,
                Programs.here(),
                Runtime.getRuntime().maxMemory(),
                dynamic ? OptionalInt.empty() : OptionalInt.of(slots),
                limit,
                seconds,
                coresPerTask,
                manager.overhead(conf, facts.isEmpty() ? 0 : facts.get(0).heap()),
                dynamic ? atMost(slotsOfExecutor, facts) : facts);
    }

    private OptionalInt slotLimit(int slotsOfExecutor) {
        int executors = conf.getInt("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE);
        return executors == Integer.MAX_VALUE
                ? OptionalInt.empty()
                : OptionalInt.of(executors * Math.max(1, slotsOfExecutor));
    }

    private int awaitSlots(int workers) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(conf.getTimeAsMs(WAIT, "30s"));
        int slots = TaskSlots.of(spark);
        while (slots < workers && System.nanoTime() < deadline) {
            try {
                Thread.sleep(POLL_MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Waiting for executors was interrupted.", e);
            }
            slots = TaskSlots.of(spark);
        }
        return slots;
    }

    /** The tasks of a barrier stage run at the same time, so each slot has exactly one. */
    private List<SlotFacts> askSlots(int slots) {
        ClassTag<SlotFacts> type = ClassTag$.MODULE$.apply(SlotFacts.class);
        RDD<SlotFacts> answers = numbers(slots).rdd().barrier().mapPartitions(new AnswerInBarrier(), false, type);
        return collected(JavaRDD.fromRDD(answers, type));
    }

    /** Without a barrier stage, which needs a fixed number of executors. The tasks sleep, so that they spread over all slots. */
    private List<SlotFacts> askTasks(int slots) {
        return collected(numbers(slots).map(number -> {
            Thread.sleep(LINGER_MILLISECONDS);
            return SlotFacts.here();
        }));
    }

    /** Ignores further answers of a slot that ran several tasks one after the other. */
    private static List<SlotFacts> atMost(int slotsOfExecutor, List<SlotFacts> answers) {
        Map<String, Integer> seen = new HashMap<>();
        return answers.stream()
                .filter(slot -> seen.merge(slot.executor(), 1, Integer::sum) <= Math.max(1, slotsOfExecutor))
                .toList();
    }

    private JavaRDD<Integer> numbers(int slots) {
        List<Integer> numbers = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            numbers.add(slot);
        }
        return spark.parallelize(numbers, slots);
    }

    private List<SlotFacts> collected(JavaRDD<SlotFacts> answers) {
        JobDescription description = JobDescription.set(spark, "Check the cluster");
        try {
            List<SlotFacts> facts = new ArrayList<>(answers.collect());
            facts.sort(Comparator.comparingInt(
                            (SlotFacts slot) -> slot.executor().length())
                    .thenComparing(SlotFacts::executor)
                    .thenComparing(slot ->
                            slot.gpus().isEmpty() ? "" : slot.gpus().get(0).address()));
            return facts;
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
            throw TaskFailedException.of(e, "Inspecting the executors");
        } finally {
            description.close();
        }
    }

    /** Runs in the executor. */
    private static final class AnswerInBarrier extends AbstractFunction1<Iterator<Integer>, Iterator<SlotFacts>>
            implements Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public Iterator<SlotFacts> apply(Iterator<Integer> number) {
            return JavaConverters.asScalaIterator(List.of(SlotFacts.here()).iterator());
        }
    }
}
