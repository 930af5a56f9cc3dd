package io.github.resnetspark.message.model;

import io.github.resnetspark.text.ShownText;

/** Why a network cannot run with the requested math library or precision. */
public final class KernelFailures {
    private static final String USE_F32 = " Use float32 (accel.precision = f32).";

    private KernelFailures() {}

    public static String bfloat16OnGpu() {
        return "A GPU does not support bfloat16 here." + USE_F32;
    }

    public static String bfloat16OnCpu() {
        return "The format bfloat16 needs a CPU with instructions for it (AVX512_BF16), which this CPU lacks."
                + USE_F32;
    }

    public static String bfloat16InDl4j() {
        return "DL4J's own kernels do not support bfloat16." + USE_F32;
    }

    public static String oneDnnNotLoaded(String cause) {
        return "oneDNN cannot be loaded (" + ShownText.clause(cause)
                + "). Set accel.kernels = auto to train with DL4J's own, slower kernels.";
    }
}
