package io.github.resnetspark.bundle;

import java.util.List;
import java.util.Set;

/** The names of the files in a model directory. */
final class BundleFiles {
    static final String NETWORK = "model.dl4j.zip";
    static final String DESCRIPTION = "model.json";
    static final String LABELS = "labels.txt";
    static final String PREPROCESSING = "preprocessing.json";
    static final String METRICS = "metrics.json";
    static final String ONNX = "model.onnx";
    static final String SAFETENSORS = "model.safetensors";
    static final String CARD = "model-card.md";
    static final String PROVENANCE = "provenance.json";

    /** The files that every model directory has in addition to the checksums, in alphabetical order. */
    static final List<String> REQUIRED = List.of(LABELS, METRICS, NETWORK, DESCRIPTION, PREPROCESSING);

    static final Set<String> ALL =
            Set.of(NETWORK, DESCRIPTION, LABELS, PREPROCESSING, METRICS, ONNX, SAFETENSORS, CARD, PROVENANCE);

    private BundleFiles() {}
}
