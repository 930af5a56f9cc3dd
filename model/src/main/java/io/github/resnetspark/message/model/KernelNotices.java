package io.github.resnetspark.message.model;

import io.github.resnetspark.text.ShownText;

/** What is logged about the math library that runs the networks. */
public final class KernelNotices {
    private KernelNotices() {}

    public static String oneDnnNotLoaded(String cause) {
        return "oneDNN cannot be loaded (" + ShownText.clause(cause)
                + "). Networks run with DL4J's own kernels, which are slower. For full speed, run on 64-bit x86 Linux and give"
                + " Java a writable cache folder: -Dorg.bytedeco.javacpp.cachedir=FOLDER.";
    }
}
