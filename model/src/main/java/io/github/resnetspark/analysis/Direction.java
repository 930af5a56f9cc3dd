package io.github.resnetspark.analysis;

import java.util.List;
import java.util.Random;

/**
 * Filter-normalised directions around a network's weights (Li et al., "Visualizing the Loss Landscape of Neural Nets", 2018,
 * section 4): Gaussian noise in which each filter has the norm of the network's own filter. So a step of 1 changes each filter by
 * its own norm, whatever the scale of its layer, and plots of different networks can be compared. Biases and all parameters of
 * batch normalisation do not change, as in the authors' figures.
 */
public final class Direction {
    private Direction() {}

    /**
     * A random direction.
     *
     * @param parameters the flat parameters of the network
     * @param filters of the network
     * @param seed the same seed gives the same direction
     * @return one number for each parameter; 0 outside of filters
     */
    public static float[] random(float[] parameters, List<Filter> filters, long seed) {
        Random random = new Random(seed);
        float[] direction = new float[parameters.length];
        for (Filter filter : filters) {
            for (int i = filter.offset(); i < filter.offset() + filter.length(); i++) {
                direction[i] = (float) random.nextGaussian();
            }
            double length = filter.norm(direction);
            float scale = length == 0 ? 0 : (float) (filter.norm(parameters) / length);
            for (int i = filter.offset(); i < filter.offset() + filter.length(); i++) {
                direction[i] *= scale;
            }
        }
        return direction;
    }

    /**
     * The parameters {@code centre + x · first + y · second}.
     *
     * @param second may be empty if {@code y} is 0
     */
    public static float[] step(float[] centre, float[] first, double x, float[] second, double y) {
        float[] parameters = centre.clone();
        for (int i = 0; i < parameters.length; i++) {
            double moved = x * first[i] + (y == 0 ? 0 : y * second[i]);
            parameters[i] += (float) moved;
        }
        return parameters;
    }
}
