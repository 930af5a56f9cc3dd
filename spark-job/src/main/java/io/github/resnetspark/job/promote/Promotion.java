package io.github.resnetspark.job.promote;

import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.bundle.SmokeTest;
import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.job.evaluate.Guesses;
import io.github.resnetspark.job.promote.PromotionOutcome.Result;
import io.github.resnetspark.job.promote.PromotionOutcome.Verdict;
import io.github.resnetspark.job.recipe.PromoteSettings;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.job.registry.Registry.PromotionWitness;
import io.github.resnetspark.job.registry.RegistryException;
import io.github.resnetspark.message.job.PromotionNotices;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Makes a model the current version if it is better than the present one. */
public final class Promotion {
    private final Registry registry;
    private final PromotionRule rule;
    private final Judge judge;

    public Promotion(Registry registry, PromoteSettings settings, Judge judge) {
        this.registry = registry;
        this.rule = new PromotionRule(settings);
        this.judge = judge;
    }

    /**
     * Smoke-tests the model, compares it with the current version, and updates {@code CURRENT} if it is better. Only that last step
     * locks the registry. If another model has become the current one by then, nothing changes.
     *
     * @param model a model directory anywhere; it stays where it is
     * @param earlier the version that the model became when it was promoted before, if it was. If that version is no longer the
     *     current one, somebody rolled it back or promoted another, and nothing changes
     * @param witness called before {@code CURRENT} is updated
     * @throws BundleException if the model is damaged, or its files do not compute the same
     * @throws RegistryException if another model was promoted meanwhile, or is being promoted
     */
    public PromotionOutcome run(
            URI model, Configuration configuration, Optional<String> earlier, PromotionWitness witness)
            throws IOException {
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            Path local = new ModelDirectory(model, configuration).local(scratch.path());
            List<String> tested = SmokeTest.run(local);
            Optional<String> current = registry.current();
            boolean done = current.isPresent() && registry.versionOf(local).equals(current);
            // A model that is already the current one is compared with its predecessor, as when it was promoted.
            Optional<String> opponent = done ? registry.predecessor() : current;
            Comparison comparison = compare(model, opponent);
            Verdict verdict = rule.judge(comparison);
            if (done) {
                return new PromotionOutcome(
                        Result.ALREADY_CURRENT,
                        comparison,
                        new Verdict(true, verdict.reason() + " " + PromotionNotices.alreadyCurrent(current.get())),
                        current,
                        tested);
            }
            if (earlier.isPresent()) {
                String reason = verdict.reason() + " " + PromotionNotices.replacedSince(earlier.get());
                return new PromotionOutcome(
                        Result.NOT_PROMOTED, comparison, new Verdict(false, reason), Optional.empty(), tested);
            }
            return verdict.promotes()
                    ? new PromotionOutcome(
                            Result.PROMOTED,
                            comparison,
                            verdict,
                            Optional.of(registry.promote(local, current, witness)),
                            tested)
                    : new PromotionOutcome(Result.NOT_PROMOTED, comparison, verdict, Optional.empty(), tested);
        }
    }

    private Comparison compare(URI model, Optional<String> opponent) throws IOException {
        Judged candidate = judge.judge(model, Guesses.NONE);
        Optional<Judged> current = opponent.isPresent()
                ? Optional.of(judge.judge(
                        registry.place(opponent.get()), candidate.evaluation().guesses()))
                : Optional.empty();
        return new Comparison(opponent, current, candidate);
    }

    /** Evaluates models, always on the same pictures. */
    @FunctionalInterface
    public interface Judge {
        /**
         * Classifies all of them.
         *
         * @param model a model directory
         * @param rival the answers of a newer model, to find the pictures on which they differ; none for no comparison
         */
        Judged judge(URI model, Guesses rival) throws IOException;
    }
}
