package io.github.resnetspark.bundle;

import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.text.ClassNames;
import java.util.List;
import java.util.Optional;

/**
 * What a model directory says beside the weights.
 *
 * @param spec which network
 * @param labels the name of each class, in the order of the network's outputs, their letters in composed form (NFC)
 * @param preprocessing how a picture becomes the network's input
 * @param metricsJson a JSON object with the figures that the model reached
 * @param provenanceJson a JSON object that says where the model comes from, e.g. {@link Provenance#toJson}
 */
public record BundleContents(
        ResNetSpec spec,
        List<String> labels,
        Preprocessing preprocessing,
        String metricsJson,
        Optional<String> provenanceJson) {
    /** Refuses labels and preprocessing that are not the network's. */
    public BundleContents {
        labels = ClassNames.composed(labels);
        if (labels.size() != spec.classes()) {
            throw new IllegalArgumentException("there are " + labels.size() + " labels but the network tells "
                    + spec.classes() + " classes apart. Give one label for each class.");
        }
        for (String label : labels) {
            if (label.isBlank() || label.contains("\n") || label.contains("\r")) {
                throw new IllegalArgumentException("the label «" + label.strip().replaceAll("[\\r\\n]+", " ")
                        + "» is not one line of text. Give each class a name of one line.");
            }
        }
        if (preprocessing.inputSize() != spec.input()) {
            throw new IllegalArgumentException("the preprocessing makes pictures of " + preprocessing.inputSize()
                    + " pixels but the network takes " + spec.input() + ". Make both the same.");
        }
        BundleJson.requireObject(metricsJson, "the metrics");
        provenanceJson.ifPresent(json -> BundleJson.requireObject(json, "the facts of the provenance"));
    }

    /** Contents of a model of unknown origin. */
    public BundleContents(ResNetSpec spec, List<String> labels, Preprocessing preprocessing, String metricsJson) {
        this(spec, labels, preprocessing, metricsJson, Optional.empty());
    }
}
