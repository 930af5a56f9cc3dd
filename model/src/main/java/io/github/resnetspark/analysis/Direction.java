package io.github.resnetspark.analysis;

import java.util.List;
import java.util.Random;

/**
 * Directions to look in around a network's weights, «filter-normalised» (Li et al., «Visualizing the Loss Landscape of
 * Neural Nets», 2018, section 4): Gaussian noise whose every filter is as long as the network's own filter in that place. So
 * a step of 1 changes each filter by its own length, whatever the scale of its layer, and pictures of different networks can
 * be compared. Biases and all parameters of batch normalisation stay as they are, as in the authors' figures.
 */
public final class Direction {
    private Direction() {}

    /**
     * A random direction.
     *
     * @param parameters of the network, flat
     * @param filters of the network
     * @param seed the same one gives the same direction
     * @return as many numbers as there are parameters; 0 wherever there is no filter
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
     * @param second may be empty where {@code y} is 0
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
