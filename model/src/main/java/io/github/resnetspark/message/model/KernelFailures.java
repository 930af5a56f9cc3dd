package io.github.resnetspark.message.model;

import io.github.resnetspark.text.ShownText;

/** Why a network cannot run with the requested math library or precision. */
public final class KernelFailures {
    private static final String USE_F32 = " Set accel.precision = f32.";

    private KernelFailures() {}

    public static String bfloat16OnGpu() {
        return "accel.precision = bf16 is not supported on a GPU." + USE_F32;
    }

    public static String bfloat16OnCpu() {
        return "accel.precision = bf16 needs a CPU with bfloat16 instructions (AVX512_BF16), which this CPU lacks."
                + USE_F32;
    }

    public static String bfloat16InDl4j() {
        return "accel.precision = bf16 is not supported by DL4J's own kernels." + USE_F32;
    }

    public static String oneDnnNotLoaded(String cause) {
        return "oneDNN cannot be loaded (" + ShownText.clause(cause)
                + "). Set accel.kernels = auto to train with DL4J's own, slower kernels.";
    }
}
