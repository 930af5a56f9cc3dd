package io.github.resnetspark.job.watch;

import io.github.resnetspark.spark.JobDescription;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;

/** Describes the Spark jobs that this thread submits during a training, for Spark's web pages. */
public final class RoundJobs {
    /** Which round a job belongs to, so that a repeated round can be recognised. */
    static final String ROUND = "resnet.round";

    private final JavaSparkContext spark;

    public RoundJobs(JavaSparkContext spark) {
        this.spark = spark;
    }

    /**
     * The next jobs are those of a round.
     *
     * @param epoch from 1
     * @param round within the epoch, from 1
     * @param rounds of the epoch, with the present number of workers
     */
    public void round(int epoch, int round, long rounds) {
        describe(String.format(Locale.ROOT, "Epoch %d, round %d of %d: train and average", epoch, round, rounds));
        spark.setLocalProperty(ROUND, epoch + "." + round);
    }

    /** The next jobs measure the training error. */
    public void trainingError(int epoch) {
        describe("Epoch " + epoch + ": measure the training error");
    }

    /** The next jobs validate the averaged parameters, or their moving average. */
    public void validation(int epoch, boolean ofMovingAverage) {
        describe("Epoch " + epoch + ": validate" + (ofMovingAverage ? " the moving average" : ""));
    }

    /** The next jobs evaluate the finished model. */
    public void evaluation() {
        describe("Evaluate the model");
    }

    /** The next jobs do not belong to a training. */
    public void end() {
        describe(null);
        spark.setLocalProperty(ROUND, null);
    }

    private void describe(String doing) {
        spark.setLocalProperty(JobDescription.PROPERTY, doing);
    }
}
