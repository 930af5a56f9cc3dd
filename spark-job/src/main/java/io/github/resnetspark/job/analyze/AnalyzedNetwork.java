package io.github.resnetspark.job.analyze;

import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.message.job.AnalysisFailures;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.text.UriText;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * One of the networks that are compared.
 *
 * @param kind with skip connections or without
 * @param depth layers with weights
 * @param recipe which differs between the networks only in the network and its model directory
 */
public record AnalyzedNetwork(Kind kind, int depth, Recipe recipe) {
    /** The two kinds of networks that are compared at the same depth. */
    enum Kind {
        /** Without skip connections. */
        PLAIN("plain"),
        /** With the shortcuts of the recipe. */
        RESIDUAL("resnet");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        /** Such as {@code plain-56}. */
        String name(int depth) {
            return prefix + "-" + depth;
        }

        /** The word for texts. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A plain and a residual network for each depth. Their recipes differ only in the network and the model directory.
     *
     * @param base the original recipe, for its shortcut
     * @param withKeys creates a recipe with other values, by key
     * @param out where the model directories are
     * @param more further settings of all of them, by key
     * @throws RecipeException if the network of the original recipe is plain
     */
    public static List<AnalyzedNetwork> plainAndResidual(
            Recipe base,
            Function<Map<String, String>, Recipe> withKeys,
            List<Integer> depths,
            URI out,
            Map<String, String> more) {
        if (base.model().shortcut() == Shortcut.NONE) {
            throw new RecipeException(List.of(AnalysisFailures.noShortcut()));
        }
        String text = UriText.text(out);
        String place = text.endsWith("/") ? text : text + "/";
        List<AnalyzedNetwork> networks = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int depth : depths) {
                Map<String, String> settings = new HashMap<>(more);
                settings.put("model.depth", Integer.toString(depth));
                settings.put("model.dir", place + kind.name(depth));
                if (kind == Kind.PLAIN) {
                    settings.put("model.shortcut", "none");
                }
                networks.add(new AnalyzedNetwork(kind, depth, withKeys.apply(settings)));
            }
        }
        return networks;
    }

    /** Such as {@code plain-56}. */
    String name() {
        return kind.name(depth);
    }
}
