package io.github.resnetspark.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.image.Preprocessing.PreprocessingException;
import io.github.resnetspark.message.model.FileReasons;
import io.github.resnetspark.message.model.PreprocessingFailures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** {@code preprocessing.json} describes each step in words and numbers, so that any language can reproduce it. */
final class PreprocessingJson {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private PreprocessingJson() {}

    static String write(Preprocessing preprocessing) {
        return document(preprocessing).toPrettyString() + "\n";
    }

    private static ObjectNode document(Preprocessing preprocessing) {
        ObjectNode json = JSON.createObjectNode();
        json.put("formatVersion", VERSION);
        json.put("decode", "8-bit RGB; greyscale is repeated, transparency dropped, EXIF rotation not applied");
        json.put("resizeShortSide", preprocessing.resizeShortSide());
        json.put("resizeLongSide", "in proportion, rounded down");
        json.put("resizeMethod", preprocessing.resizeMethod().resizeText());
        json.put("crop", preprocessing.resizeMethod().cropText());
        json.put("cropSize", preprocessing.inputSize());
        json.put("divideBy", 255);
        floats(json.putArray("mean"), preprocessing.normalization().mean());
        floats(json.putArray("std"), preprocessing.normalization().std());
        json.put("channelOrder", "RGB");
        json.put("layout", "NCHW");
        return json;
    }

    private static void floats(ArrayNode array, float[] values) {
        for (float value : values) {
            array.add(value);
        }
    }

    static Preprocessing read(String text, String where) {
        ObjectNode json = parse(text, where);
        int version = json.path("formatVersion").asInt(VERSION);
        if (version > VERSION) {
            throw new PreprocessingException(PreprocessingFailures.newerFormat(where, version, VERSION));
        }
        try {
            Preprocessing preprocessing = new Preprocessing(
                    json.path("cropSize").asInt(),
                    json.path("resizeShortSide").asInt(),
                    new Normalization(floats(json.path("mean")), floats(json.path("std"))),
                    resizeMethod(json.path("resizeMethod").asText()));
            refuseDifferences(json, document(preprocessing), where);
            return preprocessing;
        } catch (IllegalArgumentException e) {
            refuseFieldNames(json, where);
            throw new PreprocessingException(PreprocessingFailures.invalidFigures(where, e.getMessage()), e);
        }
    }

    /** The newest method if the text is unknown. It is then reported among the differences. */
    private static ResizeMethod resizeMethod(String text) {
        return Arrays.stream(ResizeMethod.values())
                .filter(method -> method.resizeText().equals(text))
                .findFirst()
                .orElse(ResizeMethod.TRIANGLE);
    }

    private static ObjectNode parse(String text, String where) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw new PreprocessingException(PreprocessingFailures.notAnObject(where));
        } catch (JsonProcessingException e) {
            throw new PreprocessingException(PreprocessingFailures.notJson(where, lineOf(e)), e);
        }
    }

    private static int lineOf(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).floatValue();
        }
        return values;
    }

    /** Rejects steps that are not supported: the file must equal what this release writes for the same values. */
    private static void refuseDifferences(ObjectNode json, ObjectNode expected, String where) {
        refuseFieldNames(json, where);
        List<String> problems = new ArrayList<>();
        expected.fieldNames().forEachRemaining(name -> {
            JsonNode found = json.get(name);
            boolean figures = name.equals("mean") || name.equals("std");
            if (!figures && !expected.get(name).equals(found)) {
                problems.add(FileReasons.unsupportedField(
                        name, String.valueOf(found), expected.get(name).toString()));
            }
        });
        if (!problems.isEmpty()) {
            throw new PreprocessingException(PreprocessingFailures.unsupportedSteps(where, problems));
        }
    }

    private static void refuseFieldNames(ObjectNode json, String where) {
        TreeSet<String> known = new TreeSet<>();
        document(Preprocessing.of(224, Normalization.IMAGENET)).fieldNames().forEachRemaining(known::add);
        TreeSet<String> found = new TreeSet<>();
        json.fieldNames().forEachRemaining(found::add);
        List<String> missing =
                known.stream().filter(name -> !found.contains(name)).toList();
        List<String> unknown =
                found.stream().filter(name -> !known.contains(name)).toList();
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new PreprocessingException(PreprocessingFailures.fields(where, missing, unknown));
        }
    }
}
