package io.github.resnetspark.message.model;

import io.github.resnetspark.text.Amounts;
import io.github.resnetspark.text.ShownText;

/** What is logged about the math library that runs the networks, and about its memory. */
public final class KernelNotices {
    private KernelNotices() {}

    public static String oneDnnNotLoaded(String cause) {
        return "oneDNN cannot be loaded (" + ShownText.clause(cause)
                + "). Networks run with DL4J's own kernels, which are slower. For full speed, run on 64-bit x86 Linux and give"
                + " Java a writable cache folder: -Dorg.bytedeco.javacpp.cachedir=FOLDER.";
    }

    public static String limitedMemory(long heap, long outside) {
        return "JavaCPP's limits leave too little memory for a heap of " + Amounts.text(heap)
                + " and for predictions, which need about " + Amounts.text(outside)
                + " outside it. Predictions may become very slow. Start Java with"
                + " -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0.";
    }
}
