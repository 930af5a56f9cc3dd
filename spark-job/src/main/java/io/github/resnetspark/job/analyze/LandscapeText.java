package io.github.resnetspark.job.analyze;

import io.github.resnetspark.analysis.LossGrid;
import io.github.resnetspark.analysis.LossSurface;
import java.util.Locale;

/** What a landscape shows, in words that follow from the losses. */
final class LandscapeText {
    private LandscapeText() {}

    static String of(Landscape landscape) {
        LossGrid grid = landscape.grid();
        LossSurface surface = landscape.surface();
        int minima = surface.localMinima();
        return String.format(
                Locale.ROOT,
                "The loss of %s on %,d pictures of the split %s at %s points, up to %.2f filter lengths along %s. Running"
                        + " statistics of batch normalisation are those of the trained network everywhere. The network"
                        + " itself has the loss %.4f; the least on the grid is %.4f and the greatest %.4g. %.1f %% of the"
                        + " points have a loss within 1 of the network's own. %s",
                landscape.network(),
                landscape.examples(),
                landscape.settings().split().key(),
                grid.dimensions() == 1 ? Integer.toString(grid.points()) : grid.points() + " × " + grid.points(),
                grid.reach(),
                grid.dimensions() == 1 ? "one random direction" : "each of two random directions",
                surface.atCentre(),
                surface.least(),
                surface.greatest(),
                100 * surface.shareBelow(surface.atCentre() + 1),
                switch (minima) {
                    case 0 -> "No point inside the grid is lower than all of its neighbours.";
                    case 1 -> "One point is lower than all of its neighbours: a single bowl.";
                    default -> minima + " points are lower than all of their neighbours: the surface is rough.";
                });
    }
}
