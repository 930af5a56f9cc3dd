package io.github.resnetspark.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.message.model.BundleFailures;
import io.github.resnetspark.message.model.BundleReasons;
import io.github.resnetspark.message.model.RecipeReasons;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.ResNetSpec.Initialization;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Stem;
import io.github.resnetspark.network.Variant;
import io.github.resnetspark.recipe.ChoiceNames;
import java.util.ArrayList;
import java.util.List;

/** {@code model.json}: the network's architecture, from which the network can be rebuilt. */
final class ModelJson {
    /** Variant d of version 1 was another network: it averaged 3×3 windows instead of 2×2. */
    private static final int VERSION = 2;

    private final int version;
    private final JsonNode network;
    private final String where;
    private final List<String> problems = new ArrayList<>();

    private ModelJson(int version, JsonNode network, String where) {
        this.version = version;
        this.network = network;
        this.where = where;
    }

    static String write(ResNetSpec spec) {
        ObjectNode json = BundleJson.empty();
        // Version 2 only if it matters: earlier releases can read everything else.
        json.put("formatVersion", spec.variant() == Variant.D ? VERSION : 1);
        json.put("name", spec.displayName());
        ObjectNode network = json.putObject("network");
        network.put("family", ChoiceNames.of(spec.family()));
        network.put("depth", spec.depth());
        network.put("block", ChoiceNames.of(spec.block()));
        network.put("variant", ChoiceNames.of(spec.variant()));
        network.put("shortcut", ChoiceNames.of(spec.shortcut()));
        network.put("batchNorm", spec.batchNorm());
        network.put("zeroGamma", spec.zeroGamma());
        network.put("classes", spec.classes());
        network.put("input", spec.input());
        network.put("initialization", ChoiceNames.of(spec.initialization()));
        if (spec.stem() != Stem.STANDARD) {
            network.put("stem", ChoiceNames.of(spec.stem()));
        }
        return json.toPrettyString() + "\n";
    }

    /** Reads what {@link #write} of this or an earlier release wrote. */
    static ResNetSpec read(String text, String where) throws BundleException {
        ObjectNode json;
        try {
            json = BundleJson.requireObject(text, BundleFiles.DESCRIPTION);
        } catch (IllegalArgumentException e) {
            throw new BundleException(BundleFailures.unreadableDescription(where), e);
        }
        int version = json.path("formatVersion").asInt(0);
        if (version < 1 || version > VERSION) {
            throw new BundleException(BundleFailures.formatVersion(
                    where, json.path("formatVersion").toString(), VERSION));
        }
        return new ModelJson(version, json.path("network"), where).spec();
    }

    private ResNetSpec spec() throws BundleException {
        Family family = choice("family", Family.class);
        int depth = number("depth");
        Block block = choice("block", Block.class);
        Variant variant = choice("variant", Variant.class);
        if (version == 1 && variant == Variant.D) {
            problems.add(BundleReasons.firstVariantD());
        }
        Shortcut shortcut = choice("shortcut", Shortcut.class);
        boolean batchNorm = truth("batchNorm");
        boolean zeroGamma = truth("zeroGamma");
        int classes = number("classes");
        int input = number("input");
        // Earlier releases had only this initialization and did not write the field.
        Initialization initialization = network.has("initialization")
                ? choice("initialization", Initialization.class)
                : Initialization.HE_FAN_IN;
        Stem stem = network.has("stem") ? choice("stem", Stem.class) : Stem.STANDARD;
        if (!problems.isEmpty()) {
            throw new BundleException(BundleFailures.description(where, problems));
        }
        try {
            return new ResNetSpec(
                    family,
                    depth,
                    block,
                    variant,
                    shortcut,
                    batchNorm,
                    zeroGamma,
                    classes,
                    input,
                    initialization,
                    stem);
        } catch (IllegalArgumentException e) {
            throw new BundleException(BundleFailures.impossibleNetwork(where, e.getMessage()), e);
        }
    }

    private <E extends Enum<E>> E choice(String key, Class<E> type) {
        String written = network.path(key).asText();
        for (E constant : type.getEnumConstants()) {
            if (ChoiceNames.of(constant).equals(written)) {
                return constant;
            }
        }
        unusable(key, RecipeReasons.oneOf(ChoiceNames.listed(type)));
        return type.getEnumConstants()[0];
    }

    private int number(String key) {
        if (!network.path(key).isInt()) {
            unusable(key, RecipeReasons.wholeNumber());
        }
        return network.path(key).asInt();
    }

    private boolean truth(String key) {
        if (!network.path(key).isBoolean()) {
            unusable(key, RecipeReasons.trueOrFalse());
        }
        return network.path(key).asBoolean();
    }

    private void unusable(String key, String expected) {
        JsonNode value = network.path(key);
        String name = "network." + key;
        problems.add(
                value.isMissingNode()
                        ? BundleReasons.missing(name)
                        : BundleReasons.unusable(name, value.toString(), expected));
    }
}
