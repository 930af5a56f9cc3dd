package io.github.resnetspark.job.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which parameters of a run were validated. */
public enum Weights {
    /** Those that the next round begins with. */
    @JsonProperty("averaged")
    AVERAGED,
    /** Their moving average over the rounds. */
    @JsonProperty("ema")
    EMA
}
