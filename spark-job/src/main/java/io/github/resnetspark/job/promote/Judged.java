package io.github.resnetspark.job.promote;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.evaluate.RivalEvaluation;
import io.github.resnetspark.network.ResNetSpec;
import java.util.List;
import java.util.Optional;

/**
 * A model with its evaluation.
 *
 * @param evaluation on the pictures of the comparison, with their classes
 * @param model what it is
 */
public record Judged(RivalEvaluation evaluation, Model model) {
    /** The results. */
    public EvaluationCounts counts() {
        return evaluation.report().counts();
    }

    /**
     * What a model is.
     *
     * @param spec its network
     * @param labels its own classes
     * @param provenanceJson the text of {@code provenance.json}; older models have none
     */
    public record Model(ResNetSpec spec, List<String> labels, Optional<String> provenanceJson) {
        public Model {
            labels = List.copyOf(labels);
        }

        static Model of(Bundle bundle) {
            return new Model(bundle.spec(), bundle.labels(), bundle.provenanceJson());
        }
    }
}
