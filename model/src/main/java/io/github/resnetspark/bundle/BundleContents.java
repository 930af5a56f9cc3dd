package io.github.resnetspark.bundle;

import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.message.model.BundleFailures;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.text.ClassNames;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a model directory contains except the weights.
 *
 * @param spec the network's architecture
 * @param labels the names of the classes in the order of the network's outputs, in Unicode's composed form (NFC)
 * @param preprocessing how a picture is converted to the network's input
 * @param metricsJson a JSON object with the model's evaluation
 * @param provenanceJson a JSON object that describes the model's origin, e.g. {@link Provenance#toJson}
 */
public record BundleContents(
        ResNetSpec spec,
        List<String> labels,
        Preprocessing preprocessing,
        String metricsJson,
        Optional<String> provenanceJson) {
    /** Rejects labels and preprocessing that do not fit the network. */
    public BundleContents {
        labels = ClassNames.composed(labels);
        if (labels.size() != spec.classes()) {
            throw new IllegalArgumentException(BundleFailures.labelCount(labels.size(), spec.classes()));
        }
        for (String label : labels) {
            if (label.isBlank() || label.contains("\n") || label.contains("\r")) {
                throw new IllegalArgumentException(BundleFailures.labelOfSeveralLines(label.strip()));
            }
        }
        if (preprocessing.inputSize() != spec.input()) {
            throw new IllegalArgumentException(BundleFailures.inputSize(preprocessing.inputSize(), spec.input()));
        }
        BundleJson.requireObject(metricsJson, BundleFiles.METRICS);
        provenanceJson.ifPresent(json -> BundleJson.requireObject(json, BundleFiles.PROVENANCE));
    }

    /** Contents of a model of unknown origin. */
    public BundleContents(ResNetSpec spec, List<String> labels, Preprocessing preprocessing, String metricsJson) {
        this(spec, labels, preprocessing, metricsJson, Optional.empty());
    }
}
