package io.github.resnetspark.message.model;

import java.util.List;
import java.util.stream.Collectors;

/** Why weights cannot be put into a network. */
public final class WeightsFailures {
    private WeightsFailures() {}

    /**
     * Several lines: which network, then one line for each reason.
     *
     * @param network such as {@code ResNet-50 v1.5}
     * @param reasons each from {@link FileReasons}
     */
    public static String doNotFit(String network, int classes, List<String> reasons) {
        return reasons.stream()
                .map(reason -> System.lineSeparator() + reason + ".")
                .collect(Collectors.joining(
                        "",
                        "The weights do not fit " + network + " with " + classes
                                + " classes. Set model.depth, model.block,"
                                + " model.variant, model.shortcut and model.classes to those of the weights:",
                        ""));
    }
}
