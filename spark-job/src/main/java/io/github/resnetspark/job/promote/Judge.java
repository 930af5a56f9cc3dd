package io.github.resnetspark.job.promote;

import io.github.resnetspark.job.evaluate.EvaluationReport;
import java.io.IOException;
import java.net.URI;

/** Tells how good a model is, always on the same pictures. */
@FunctionalInterface
public interface Judge {
    /**
     * Classifies all of them.
     *
     * @param model a model directory
     */
    EvaluationReport judge(URI model) throws IOException;
}
