package io.github.resnetspark.job.recipe;

import io.github.resnetspark.job.schedule.InputSizeSchedule;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.recipe.Range;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;

/**
 * The part of the section {@code data} about the size of training pictures: smaller ones cost less, and a network evaluates best at a
 * somewhat larger size than it was trained at (Touvron et al., "Fixing the train-test resolution discrepancy", 2019).
 *
 * @param sizes the key {@code train-size}, in pixels
 * @param milestones the key {@code train-size-milestones}
 */
public record InputSizes(List<Integer> sizes, List<Double> milestones) implements Serializable {
    static final Setting<List<Integer>> TRAIN_SIZE = Setting.integers("train-size")
            .unit("pixels")
            .must(sizes -> !sizes.isEmpty(), "at least one number")
            .limitInWords("at least the smallest `model.input` of the family")
            .defaultInWords("`model.input`")
            .identity(Identity.UNLESS_DEFAULT)
            .help("Side of the training pictures. Evaluation keeps `model.input`. A list, which has one value more than"
                    + " `data.train-size-milestones`, changes it during training: small pictures first cost less.")
            .remedy("Set it to model.input or less, or to a list such as [128, 160, 192].");

    static final Setting<List<Double>> MILESTONES = Setting.decimals("train-size-milestones")
            .within(Range.above(0).below(1))
            .limitInWords("in rising order, one fewer than `data.train-size` has values")
            .orElse(List.of())
            .identity(Identity.UNLESS_DEFAULT)
            .help("When `data.train-size` changes to its next value: fractions of `train.epochs`.")
            .remedy("Write fractions of train.epochs in rising order, one fewer than data.train-size has values, e.g."
                    + " train-size = [128, 160, 192] and train-size-milestones = [0.5, 0.8].");

    /** @param model the network, whose input is the default */
    static InputSizes from(RecipeSection section, ResNetSpec model) {
        List<Integer> sizes = section.value(TRAIN_SIZE
                .orElse(List.of(model.input()))
                .within(Range.between(model.family().smallestInput(), ResNetSpec.LARGEST_INPUT)));
        List<Double> milestones = section.value(MILESTONES);
        int count = sizes.size() - 1;
        if (milestones.size() != count) {
            section.refuse(MILESTONES, milestones, "a list of " + count + (count == 1 ? " number" : " numbers"));
        } else if (!OptimizerSettings.isRising(milestones)) {
            section.refuse(MILESTONES, milestones, "in rising order");
        }
        return new InputSizes(sizes, milestones);
    }

    /** The size over a run of this number of epochs. */
    public InputSizeSchedule schedule(int epochs) {
        return new InputSizeSchedule(sizes, milestones, epochs);
    }

    /** The smallest side of a training picture in pixels. */
    public int smallest() {
        return Collections.min(sizes);
    }

    /** The largest side of a training picture in pixels, which decides how much memory training takes. */
    public int largest() {
        return Collections.max(sizes);
    }
}
