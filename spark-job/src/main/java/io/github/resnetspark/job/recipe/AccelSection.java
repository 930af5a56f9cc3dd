package io.github.resnetspark.job.recipe;

import io.github.resnetspark.accel.AccelSettings;
import io.github.resnetspark.accel.Acceleration;
import io.github.resnetspark.accel.kernel.KernelProvider.Precision;
import io.github.resnetspark.recipe.RecipeSection;

/** The section {@code accel}: what computes the layers, in which numbers. */
final class AccelSection {
    private AccelSection() {}

    static AccelSettings read(RecipeSection section) {
        Acceleration kernels =
                section.choice("kernels", Acceleration.AUTO, "Set it to auto, or leave the section accel out.");
        Precision precision =
                section.choice("precision", Precision.F32, "Set it to f32, or to bf16 on CPUs that multiply bfloat16.");
        if (precision != Precision.F32 && kernels == Acceleration.DL4J) {
            section.refuse(
                    "precision",
                    "bf16",
                    "f32 where accel.kernels is dl4j",
                    "Set accel.precision = f32 or accel.kernels = auto.");
        }
        return new AccelSettings(kernels, precision);
    }
}
