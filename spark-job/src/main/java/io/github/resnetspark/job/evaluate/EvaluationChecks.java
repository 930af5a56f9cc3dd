package io.github.resnetspark.job.evaluate;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.message.job.EvaluationFailures;
import io.github.resnetspark.message.job.TrainingNotices;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardLengths;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.text.UriText;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks whether a model and shards match, without opening a shard. */
public final class EvaluationChecks {
    private static final Logger LOG = LoggerFactory.getLogger(EvaluationChecks.class);

    private EvaluationChecks() {}

    /**
     * Rejects a model and a split whose figures would be meaningless. Logs a warning if they only differ in class
     * names.
     *
     * @param shards location of the shards, as the user wrote it
     * @param directory the directory at that location
     * @param manifest manifest of the directory
     * @throws RecipeException with all problems: the classes do not match, the split is empty, a shard is missing or
     *     truncated
     */
    public static void require(Bundle bundle, URI shards, ShardDirectory directory, Manifest manifest, Split split)
            throws IOException {
        List<String> problems = new ArrayList<>();
        if (manifest.classes() != bundle.spec().classes()) {
            problems.add(EvaluationFailures.classCountsDiffer(bundle.spec().classes(), manifest.classes()));
        } else {
            classOrderProblem(bundle.labels(), manifest.classNames()).ifPresent(problems::add);
        }
        if (manifest.examples(split) == 0) {
            problems.add(EvaluationFailures.emptySplit(UriText.text(shards), split.key()));
        }
        problems.addAll(ShardLengths.problems(directory, manifest.shards(split)));
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
        if (!bundle.labels().equals(manifest.classNames())) {
            int label = firstDifference(bundle.labels(), manifest.classNames());
            LOG.warn(TrainingNotices.classNamesDiffer(
                    label, bundle.labels().get(label), manifest.classNames().get(label)));
        }
    }

    /**
     * Reports a model and shards with the same class names in a different order, for which figures would be
     * meaningless. Different names are allowed, because an imported model may have numbers as names.
     *
     * @param model names of the model's classes, in the order of its outputs
     * @param shards names of the shards' classes, the same number
     */
    static Optional<String> classOrderProblem(List<String> model, List<String> shards) {
        boolean permuted = !model.equals(shards)
                && model.stream()
                        .sorted()
                        .toList()
                        .equals(shards.stream().sorted().toList());
        if (!permuted) {
            return Optional.empty();
        }
        int label = firstDifference(model, shards);
        return Optional.of(EvaluationFailures.classOrderDiffers(label, model.get(label), shards.get(label)));
    }

    /** The first class, by number, whose names differ; there is one. */
    private static int firstDifference(List<String> model, List<String> shards) {
        int label = 0;
        while (model.get(label).equals(shards.get(label))) {
            label++;
        }
        return label;
    }
}
