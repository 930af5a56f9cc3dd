package io.github.resnetspark.job.recipe;

import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The part of the section {@code optimizer} about parts of the network that learn at another rate than the rest, or not at all. */
final class PartRates {
    static final Setting<List<String>> FREEZE = Setting.texts("freeze")
            .limitInWords("`stem`, `stage1` and so on, `fc`")
            .orElse(List.of())
            .identity(Identity.UNLESS_DEFAULT)
            .help("Parts of the network whose weights stay as they are, for fine-tuning. Running statistics of batch"
                    + " normalisation still follow the pictures. A minibatch takes as long as without.")
            .remedy("List parts of the network, e.g. [stem, stage1].");

    static final Setting<List<String>> RATE_FACTORS = Setting.texts("rate-factors")
            .limitInWords("a part as in `optimizer.freeze`, `=`, and a number of at least 0")
            .orElse(List.of())
            .identity(Identity.UNLESS_DEFAULT)
            .help("Factors that multiply the learning rate of parts of the network.")
            .remedy("List parts with their factors, e.g. [\"stage1=0.1\", \"fc=10\"].");

    private PartRates() {}

    /** The factor of each part that does not have 1. A frozen part has 0. */
    static Map<String, Double> from(RecipeSection section, ResNetSpec model) {
        List<String> parts = model.parts();
        Map<String, Double> factors = new TreeMap<>();
        for (String written : section.value(RATE_FACTORS)) {
            Optional<Double> factor = factor(written);
            String part = written.contains("=")
                    ? written.substring(0, written.indexOf('=')).strip()
                    : written;
            if (factor.isEmpty() || !parts.contains(part)) {
                section.refuse(RATE_FACTORS, written, "one of " + String.join(", ", parts) + ", then =, then a factor");
            } else {
                factors.put(part, factor.get());
            }
        }
        for (String part : section.value(FREEZE)) {
            if (!parts.contains(part)) {
                section.refuse(FREEZE, part, "one of " + String.join(", ", parts));
            }
            factors.put(part, 0.0);
        }
        return factors;
    }

    private static Optional<Double> factor(String written) {
        try {
            double factor = Double.parseDouble(written.substring(written.indexOf('=') + 1));
            return factor >= 0 && Double.isFinite(factor) ? Optional.of(factor) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
