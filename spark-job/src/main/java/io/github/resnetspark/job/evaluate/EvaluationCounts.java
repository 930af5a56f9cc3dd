package io.github.resnetspark.job.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;

/**
 * The results of an evaluation, as sums that can be added up.
 *
 * @param examples number of pictures
 * @param errors number of pictures whose most probable class is wrong
 * @param top5Errors number of pictures whose class is not among the five most probable
 * @param lossSum sum of the cross-entropy of all pictures, in nats
 * @param confusion the confusion matrix
 * @param calibration how often the network is right, by predicted probability
 * @param notable pictures to look at
 */
public record EvaluationCounts(
        long examples,
        long errors,
        long top5Errors,
        double lossSum,
        ConfusionMatrix confusion,
        Calibration calibration,
        NotablePictures notable)
        implements Serializable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** No pictures. */
    public static final EvaluationCounts NONE =
            new EvaluationCounts(0, 0, 0, 0, ConfusionMatrix.NONE, Calibration.NONE, NotablePictures.NONE);

    /** The sum of both. */
    public EvaluationCounts plus(EvaluationCounts other) {
        return new EvaluationCounts(
                examples + other.examples,
                errors + other.errors,
                top5Errors + other.top5Errors,
                lossSum + other.lossSum,
                confusion.plus(other.confusion),
                calibration.plus(other.calibration),
                notable.plus(other.notable));
    }

    /** The fraction of pictures whose most probable class is right, 0 to 1. */
    public double top1() {
        return (double) (examples - errors) / examples;
    }

    /** The fraction of pictures whose class is among the five most probable, 0 to 1. */
    public double top5() {
        return (double) (examples - top5Errors) / examples;
    }

    /** The mean cross-entropy in nats. */
    public double loss() {
        return lossSum / examples;
    }

    /** The figures as JSON, without those of single classes. */
    public ObjectNode toJson() {
        return JSON.createObjectNode()
                .put("examples", examples)
                .put("errors", errors)
                .put("top1", top1())
                .put("top5", top5())
                .put("loss", loss());
    }
}
