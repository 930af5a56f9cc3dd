package io.github.resnetspark.message.job;

import io.github.resnetspark.text.Amounts;
import io.github.resnetspark.text.FullStop;
import io.github.resnetspark.text.ShownText;
import java.time.Duration;
import java.util.Locale;

/** Why a training does not start, or ends early. */
public final class TrainingFailures {
    private static final String RESUME = " Run the same command again to resume.";

    private TrainingFailures() {}

    public static String noTrainingPictures(String shards) {
        return ShownText.line(shards) + " has no pictures in the train split. Prepare a source that has a train split.";
    }

    public static String classCountsDiffer(int ofRecipe, int ofShards) {
        return "model.classes is " + ofRecipe + " but the shards have " + Amounts.counted(ofShards, "class", "classes")
                + ". Set model.classes = " + ofShards + ".";
    }

    /** What to do about class names that cannot be used; another message says which ones and why. */
    public static String renameClass() {
        return "Rename the class in the source, and prepare the source into another directory.";
    }

    /** The obstacle is the model's network and why it does not fit, such as {@code ResNet-18, whose layers do not fit …}. */
    public static String initialModelDoesNotFit(String model, String obstacle) {
        return ShownText.line(model) + " contains a " + obstacle
                + ". Set --init-from to a model of the same network. Only the last layer may differ.";
    }

    /** The owner is a process, its machine, and since when it has the lock. */
    public static String anotherRunTrains(String model, String owner) {
        return "Another run is training the model " + ShownText.line(model) + " (" + ShownText.clause(owner)
                + "). Wait until that run ends, or set model.dir to another location.";
    }

    /** {@code available} is the number of task slots that Spark has now. */
    public static String tooFewSlots(int needed, int available, Duration waited) {
        return "Spark has had fewer than " + Amounts.counted(needed, "task slot", "task slots") + " for "
                + TrainingNotices.duration(waited) + ". It has " + available
                + " now. Add executors and run the same command again to resume, or lower cluster.min-workers.";
    }

    /**
     * The loss or a parameter is not finite.
     *
     * @param epoch from 1, like round and minibatch
     * @param worker from 0
     */
    public static String diverged(int epoch, int round, int minibatch, int worker, double learningRate) {
        return String.format(
                Locale.ROOT,
                "Training diverged: the loss or a parameter became NaN or infinite in epoch %d, round %d, minibatch %d of"
                        + " worker %d, at learning rate %.6g. Lower optimizer.learning-rate or lengthen"
                        + " optimizer.warmup-epochs, and check data.mean and data.std.",
                epoch,
                round,
                minibatch,
                worker,
                learningRate);
    }

    /** The pictures are those of the unfinished epoch that were trained on. */
    public static String stopped(String signal, int epochs, int ofEpochs, long pictures, String checkpoint) {
        String done = epochs + " of " + Amounts.counted(ofEpochs, "epoch", "epochs") + " and "
                + Amounts.counted(pictures, "picture", "pictures") + " of the next one";
        return "Stopped by " + signal + " after " + done + ". Everything is saved in " + ShownText.line(checkpoint)
                + "." + RESUME;
    }

    public static String stoppedWithoutAverage(String signal) {
        return "Stopped by " + signal
                + ", but executors were lost before the driver had received the average of the last round."
                + " Run the same command again to resume from the previous checkpoint.";
    }

    public static String stoppedBeforeModel(String signal, String checkpoints) {
        return "Stopped by " + signal + " after the last epoch, before the model was written. Everything is saved in "
                + ShownText.line(checkpoints) + "." + RESUME;
    }

    /** The failure is the message that says which executors were lost. */
    public static String executorsLost(String failure) {
        return FullStop.added(failure) + " Run the same command again to resume from the newest checkpoint.";
    }

    public static String tooFewGpus(int gpus, int replicas) {
        return "A Spark task has " + Amounts.counted(gpus, "GPU") + " for " + Amounts.counted(replicas, "replica")
                + ", each of which needs one. Set spark.task.resource.gpu.amount to the value of cluster.replicas.";
    }

    /** {@code visible} is the number of GPUs that CUDA sees. */
    public static String unknownGpu(String address, int visible) {
        return "Spark assigned the GPU '" + ShownText.start(address) + "' to a task, but CUDA sees "
                + Amounts.counted(visible, "GPU", "GPUs")
                + " here, numbered from 0. Set spark.worker.resource.gpu.discoveryScript or"
                + " spark.executor.resource.gpu.discoveryScript to deploy/gpu/discover-gpus.sh.";
    }

    /** Takes the slice by number and by the name of its block in Spark. */
    public static String sliceLost(int slice, String block) {
        return "Slice " + slice + " of the averaged parameters and momentum (block " + block
                + ") is no longer on any executor. The round is repeated from the driver's copy. Check the cluster"
                + " manager's log for the reason if executors are lost often.";
    }

    public static String noRoomForSlice(int slice) {
        return "This process has no memory and no disk space left for slice " + slice
                + " of the averaged parameters and momentum. Free space in spark.local.dir, or raise"
                + " spark.executor.memory, or spark.driver.memory if this is the driver.";
    }

    public static String classMissing() {
        return "An executor received an object of a class that it does not have. Use the same resnet-spark.jar on all"
                + " nodes.";
    }
}
