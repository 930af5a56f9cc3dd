package io.github.resnetspark.job.recipe;

/** How the learning rate moves after the warm-up. */
public enum Schedule {
    /** Multiplied by the factor at every milestone (He et al. 2015). */
    STEP,
    /** Half a cosine from the peak to 0 (Loshchilov and Hutter 2017). */
    COSINE,
    /** Up to the peak and down to nearly 0 in one linear triangle (Smith and Topin 2018). */
    ONE_CYCLE
}
