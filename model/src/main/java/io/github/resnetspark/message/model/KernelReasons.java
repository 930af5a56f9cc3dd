package io.github.resnetspark.message.model;

/** Why a math library cannot be used. */
public final class KernelReasons {
    private KernelReasons() {}

    public static String noCpu() {
        return "it finds no CPU";
    }
}
