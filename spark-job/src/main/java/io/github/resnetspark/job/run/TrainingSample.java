package io.github.resnetspark.job.run;

import io.github.resnetspark.job.input.MinibatchSource;

/**
 * Training pictures that are classified with every validation, to know the training error.
 *
 * @param source all training pictures, as evaluation sees them
 * @param examples how many of them, at least; all where there are fewer
 */
public record TrainingSample(MinibatchSource source, int examples) {}
