package io.github.resnetspark.job.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One validation, as {@code metrics.jsonl} has it.
 *
 * @param epoch after which it was done, from 1
 * @param weights which parameters were validated
 * @param examples of the validation split
 * @param errors of them
 * @param top1 share whose most probable class is right
 * @param top5 share whose class is among the five most probable
 * @param loss mean cross-entropy in nats
 * @param best whether no validation before was as good, of whichever parameters
 * @param seconds that it took
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
        /** Those that the next round begins with. */
        @JsonProperty("averaged")
        AVERAGED,
        /** Their moving average over the rounds. */
        @JsonProperty("ema")
        EMA
    }
}
