package io.github.resnetspark.message.job;

import io.github.resnetspark.text.Amounts;
import io.github.resnetspark.text.ShownText;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What a training says in the log. */
public final class TrainingNotices {
    private TrainingNotices() {}

    /** {@code averaged} says how often, such as {@code every 10 minibatches}. */
    public static String begins(
            String network, long pictures, int epochs, int workers, int replicas, int batchSize, String averaged) {
        String size =
                Amounts.counted(pictures, "picture", "pictures") + " for " + Amounts.counted(epochs, "epoch", "epochs");
        String parallel = Amounts.counted(workers, "worker", "workers") + " × "
                + (replicas == 1 ? "" : replicas + " replicas × ")
                + Amounts.counted(batchSize, "picture", "pictures");
        return network + ": training on " + size + " with " + parallel + ", averaged after " + averaged + ".";
    }

    /** The pictures are those of the unfinished epoch that were trained on. */
    public static String resumes(int epochs, long pictures, String checkpoint) {
        String done =
                Amounts.counted(epochs, "epoch", "epochs") + " and " + Amounts.counted(pictures, "picture", "pictures");
        return "Resuming after " + done + " of the next one, from " + ShownText.line(checkpoint) + ".";
    }

    public static String earlierRunKept(String directory) {
        return "The earlier run was moved to " + ShownText.line(directory) + ".";
    }

    public static String initialWeights(String model) {
        return "Starting from the weights of " + ShownText.line(model) + ".";
    }

    public static String initialWeightsWithNewHead(String model, int classesOfModel, int classesOfShards) {
        return "Starting from the weights of " + ShownText.line(model)
                + ", except for the last layer, which starts untrained: the model has "
                + Amounts.counted(classesOfModel, "class", "classes") + ", which differ in name or order from the "
                + classesOfShards + " of the shards.";
    }

    /** {@code top1} is the best of all validations, 0 to 1. */
    public static String stopsEarly(int epoch, int epochs, int validations, double top1) {
        return String.format(
                Locale.ROOT,
                "Stopping early, after %d of %d epochs: the last %s did not improve on a top-1 of %.2f %%.",
                epoch,
                epochs,
                validations == 1 ? "validation" : validations + " validations",
                100 * top1);
    }

    public static String evaluatesBest() {
        return "Evaluating the best parameters for each class.";
    }

    /**
     * Names the slowest and the fastest worker.
     *
     * @param minibatches of each worker in a round
     * @param seconds of each worker for a minibatch
     * @param mean minibatches of a worker on average
     */
    public static String sharesChange(List<Integer> minibatches, List<Double> seconds, int mean) {
        int slow = seconds.indexOf(Collections.max(seconds));
        int fast = seconds.indexOf(Collections.min(seconds));
        return String.format(
                Locale.ROOT,
                "Worker %d takes %.3g s per minibatch and worker %d takes %.3g s. From the round after the next one, they"
                        + " train on %d and %d minibatches per round. The mean of all workers is %d.",
                slow,
                seconds.get(slow),
                fast,
                seconds.get(fast),
                minibatches.get(slow),
                minibatches.get(fast),
                mean);
    }

    /** {@code available} is the number of task slots that Spark has now. */
    public static String waitsForSlots(int needed, int available, Duration longest) {
        return "Waiting for " + Amounts.counted(needed, "task slot", "task slots")
                + " (cluster.min-workers). Spark has " + available + ". The run fails after " + duration(longest) + ".";
    }

    public static String stopping(String signal) {
        return signal + ": stopping after the current round, with a checkpoint. A second signal stops at once.";
    }

    public static String signalUnavailable(String signal) {
        return signal + " cannot be handled here, so it ends the process at once.";
    }

    public static String jobsNotCancelled() {
        return "Spark's jobs could not be cancelled. Trying again.";
    }

    public static String lockNotChecked(String why) {
        return "The lock of the model directory could not be checked (" + ShownText.clause(why)
                + "). Training continues, and the lock is checked again after the next round.";
    }

    public static String lockNotDeleted(String why) {
        return "The lock of the model directory could not be deleted (" + ShownText.clause(why)
                + "). The next run takes it over.";
    }

    public static String checkpointDamaged(String checkpoint, String why) {
        return "Skipping the damaged checkpoint " + ShownText.line(checkpoint) + " (" + ShownText.clause(why)
                + "). The run resumes from the previous one.";
    }

    public static String checkpointWritten(String checkpoint, double seconds) {
        return String.format(Locale.ROOT, "Wrote the checkpoint %s in %.1f s.", ShownText.line(checkpoint), seconds);
    }

    /** Takes the first class whose names differ, by number. */
    public static String classNamesDiffer(int number, String inModel, String inShards) {
        return "Class " + number + " is '" + ShownText.start(inModel) + "' in the model but '"
                + ShownText.start(inShards) + "' in the shards. The figures are only right if the same numbers mean the"
                + " same classes in both. Compare the model's labels.txt with the shards' manifest.";
    }

    public static String repeatsEvaluation(String loss) {
        return "Executors were lost (" + ShownText.clause(loss) + "). Repeating the evaluation.";
    }

    public static String cacheFileDamaged(String file, String why) {
        return "Deleting the cached row group " + ShownText.line(file) + ", which cannot be read ("
                + ShownText.clause(why) + "). The shard is read instead.";
    }

    public static String cacheNotWritable(String folder, String why) {
        return "The cache " + ShownText.line(folder) + " cannot be written (" + ShownText.clause(why)
                + "). Row groups are read from the shards in every epoch, which is slower. Free space there, or set"
                + " data.cache-dir to another folder.";
    }

    public static String cacheFileNotDeleted(String file, String why) {
        return "The cached row group " + ShownText.line(file) + " cannot be deleted (" + ShownText.clause(why)
                + "). Delete it by hand if it takes up space.";
    }

    public static String cacheInUse(String folder) {
        return "Another worker of this executor is writing to the cache " + ShownText.line(folder) + ".";
    }

    public static String cacheFileGone(String file) {
        return "The cached row group " + ShownText.line(file) + " was deleted by another process.";
    }

    public static String tensorBoardEnds(String directory, String why) {
        return "The events for TensorBoard cannot be written to " + ShownText.line(directory) + " ("
                + ShownText.clause(why)
                + "). Training continues without them, until the run is resumed. Check the"
                + " free space and the permissions there.";
    }

    public static String reportNotWritten(String file, String why) {
        return "The report cannot be written to " + ShownText.line(file) + " (" + ShownText.clause(why)
                + "). Training continues without it. Make it later with the command report.";
    }

    public static String tensorBoardNotClosed() {
        return "The events for TensorBoard could not be closed.";
    }

    public static String withoutSparkMetrics(String why) {
        return "Spark does not accept this program's metrics (" + ShownText.clause(why)
                + "). Training continues, and its figures are in metrics.jsonl only.";
    }

    /** In minutes if the duration is a whole number of minutes, otherwise in seconds. */
    static String duration(Duration time) {
        return time.toSeconds() % 60 == 0 && time.toSeconds() > 0
                ? time.toMinutes() + " min"
                : time.toMillis() / 1000.0 + " s";
    }
}
