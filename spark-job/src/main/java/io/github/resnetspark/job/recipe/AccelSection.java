package io.github.resnetspark.job.recipe;

import io.github.resnetspark.kernels.AccelSettings;
import io.github.resnetspark.kernels.Acceleration;
import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import io.github.resnetspark.recipe.DeclaredSection;
import io.github.resnetspark.recipe.RecipeSection;
import io.github.resnetspark.recipe.Setting;
import io.github.resnetspark.recipe.Setting.Identity;
import java.util.List;

/** The section {@code accel}: which library computes the layers, and in which number format. */
final class AccelSection {
    private static final Setting<Acceleration> KERNELS = Setting.choice("kernels", Acceleration.class)
            .orElse(AccelSettings.DEFAULT.kernels())
            .identity(Identity.UNLESS_DEFAULT)
            .help("CPU library that computes the layers: oneDNN, or Deeplearning4j's own kernels. `auto` uses"
                    + " oneDNN if it can be loaded. `accel = onednn` is a short form.")
            .remedy("Set it to auto, or leave the section accel out.");

    private static final Setting<Precision> PRECISION = Setting.choice("precision", Precision.class)
            .orElse(AccelSettings.DEFAULT.precision())
            .identity(Identity.UNLESS_DEFAULT)
            .help(
                    "Number format of activations, of their gradients and of the weights that convolutions multiply: float32,"
                            + " or bfloat16 on CPUs that support it. `evaluate` and `score` use it too. `bf16` cannot be"
                            + " combined with `accel.kernels = dl4j`.")
            .remedy("Set it to f32, or to bf16 on CPUs that support bfloat16.");

    static final DeclaredSection SECTION = new DeclaredSection(
            "accel", "Which library computes the layers, and in which number format.", List.of(KERNELS, PRECISION));

    private AccelSection() {}

    static AccelSettings read(RecipeSection section) {
        Acceleration kernels = section.value(KERNELS);
        Precision precision = section.value(PRECISION);
        if (precision != Precision.F32 && kernels == Acceleration.DL4J) {
            section.refuse(
                    PRECISION,
                    "bf16",
                    "f32 if accel.kernels is dl4j",
                    "Set accel.precision = f32 or accel.kernels = auto.");
        }
        return new AccelSettings(kernels, precision);
    }
}
