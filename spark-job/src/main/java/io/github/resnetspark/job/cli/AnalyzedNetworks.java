package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.analyze.AnalyzedNetwork;
import io.github.resnetspark.job.analyze.NetworkKind;
import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.recipe.UriText;
import io.github.resnetspark.resnet.Shortcut;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes of one recipe those of plain and residual networks of several depths. */
final class AnalyzedNetworks {
    private final RecipeOptions recipes;

    /**
     * @param base the recipe as it was given, for its shortcut
     * @throws RecipeException if its own network is a plain one
     */
    AnalyzedNetworks(RecipeOptions recipes, Recipe base) {
        if (base.model().shortcut() == Shortcut.NONE) {
            throw new RecipeException(
                    List.of("model.shortcut is none but networks with skip connections are compared with"
                            + " those without. Set it to the shortcut of those that have them, e.g. A."));
        }
        this.recipes = recipes;
    }

    /**
     * For each depth a plain and a residual network.
     *
     * @param out where their model directories are
     * @param more further settings, by key
     */
    List<AnalyzedNetwork> of(List<Integer> depths, URI out, Map<String, String> more) {
        List<AnalyzedNetwork> networks = new ArrayList<>();
        for (NetworkKind kind : NetworkKind.values()) {
            for (int depth : depths) {
                Map<String, String> settings = new HashMap<>(more);
                settings.put("model.depth", Integer.toString(depth));
                settings.put("model.dir", place(out) + kind.name(depth));
                if (kind == NetworkKind.PLAIN) {
                    settings.put("model.shortcut", "none");
                }
                networks.add(new AnalyzedNetwork(kind, depth, recipes.loadWith(settings, Need.SHARDS)));
            }
        }
        return networks;
    }

    private static String place(URI out) {
        String text = UriText.text(out);
        return text.endsWith("/") ? text : text + "/";
    }
}
