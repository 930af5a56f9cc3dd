package io.github.resnetspark.message.job;

import io.github.resnetspark.text.Amounts;
import java.util.List;

/** Facts about models that other messages embed. */
public final class RegistryReasons {
    private RegistryReasons() {}

    /**
     * Why a network cannot start from the weights of a model, in words that follow {@code a}.
     *
     * @param layers that differ
     */
    public static String layersDiffer(String model, String network, List<String> layers) {
        return model + ", whose layers do not fit a " + network + " (" + Amounts.counted(layers.size(), "layer")
                + (layers.size() == 1 ? " differs: " : " differ, e.g. ") + layers.get(0) + ")";
    }
}
