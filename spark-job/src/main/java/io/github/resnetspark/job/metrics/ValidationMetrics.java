package io.github.resnetspark.job.metrics;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * One validation, as in {@code metrics.jsonl}.
 *
 * @param epoch epoch after which it was done, from 1
 * @param weights which parameters were validated
 * @param examples number of pictures in the validation split
 * @param errors number of wrong ones
 * @param top1 fraction whose most probable class is right
 * @param top5 fraction whose class is among the five most probable
 * @param loss mean cross-entropy in nats
 * @param best whether it is better than all earlier validations, of the parameters or their moving average
 * @param seconds duration
 */
public record ValidationMetrics(
        int epoch,
        Parameters weights,
        long examples,
        long errors,
        double top1,
        double top5,
        double loss,
        boolean best,
        double seconds) {

    /** Which parameters of a run were validated. */
    public enum Parameters {
        /** The averaged parameters at the start of the next round. */
        AVERAGED,
        /** Their moving average over the rounds. */
        EMA;

        /** As in {@code metrics.jsonl}. */
        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
