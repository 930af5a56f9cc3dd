package io.github.resnetspark.job.schedule;

import java.util.List;

/**
 * The side of the training pictures at any time of a run. Small pictures first make the early epochs cheap ("progressive resizing";
 * Tan and Le, "EfficientNetV2", 2021, section 4; FFCV's ImageNet training, 2022).
 *
 * @param sizes in pixels, before the first milestone, after the first, after the second and so on; one value more than milestones
 * @param milestones increasing fractions of the whole run, 0 to 1
 * @param epochs length of the whole run
 */
public record InputSizeSchedule(List<Integer> sizes, List<Double> milestones, double epochs) {
    public InputSizeSchedule {
        sizes = List.copyOf(sizes);
        milestones = List.copyOf(milestones);
        new Milestones(milestones, epochs).requireValues(sizes.size());
    }

    /** The same size during the whole run. */
    public static InputSizeSchedule always(int size) {
        return new InputSizeSchedule(List.of(size), List.of(), 1);
    }

    /**
     * The size in a round.
     *
     * @param epoch epochs completed when the round begins, with a fraction within an epoch
     */
    public int at(double epoch) {
        return sizes.get(new Milestones(milestones, epochs).passed(epoch));
    }
}
