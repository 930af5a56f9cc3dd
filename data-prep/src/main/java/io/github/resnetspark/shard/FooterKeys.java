package io.github.resnetspark.shard;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The key-value pairs of a shard's footer. */
public final class FooterKeys {
    /** The feature description that Hugging Face {@code datasets} reads. */
    public static final String HUGGING_FACE = "huggingface";
    /** The version of the shard format, a decimal number. */
    public static final String FORMAT_VERSION = "resnet-spark.format-version";
    /** The fingerprint of the source and the options of the shard. */
    public static final String FINGERPRINT = "resnet-spark.fingerprint";
    /** What the shard contributes to the manifest, as JSON. */
    public static final String CONTRIBUTION = "resnet-spark.contribution";

    private FooterKeys() {}

    static String huggingFaceFeatures(List<String> classNames) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        ObjectNode features = document.putObject("info").putObject("features");
        features.putObject("image").put("_type", "Image");
        ObjectNode label = features.putObject("label");
        classNames.forEach(label.putArray("names")::add);
        label.put("_type", "ClassLabel");
        features.putObject("width").put("dtype", "int32").put("_type", "Value");
        features.putObject("height").put("dtype", "int32").put("_type", "Value");
        return document.toString();
    }
}
