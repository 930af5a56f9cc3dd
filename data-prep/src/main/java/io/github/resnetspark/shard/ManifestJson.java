package io.github.resnetspark.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.resnetspark.shard.Manifest.SplitCounts;
import io.github.resnetspark.text.ShownText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code manifest.json} to a {@link Manifest} and back. */
final class ManifestJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private static final String AGAIN = " Restore the file, or prepare the shards again into an empty directory.";

    private ManifestJson() {}

    static String write(Manifest manifest) {
        try {
            return JSON.writeValueAsString(manifest) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A manifest holds only text and numbers.", e);
        }
    }

    static Manifest read(String json, String where) {
        JsonNode tree = parse(json, where);
        JsonNode version = tree.path("formatVersion");
        if (!version.isInt()) {
            throw new ShardException(where + " is not a manifest: it has no formatVersion." + AGAIN);
        }
        if (version.intValue() > Manifest.FORMAT_VERSION) {
            throw new ShardException(where + " has format version " + version.intValue() + ", newer than "
                    + Manifest.FORMAT_VERSION + ", the newest that this release knows. Use a newer release.");
        }
        Manifest manifest = bind(tree, where);
        List<String> problems = contradictions(manifest);
        if (!problems.isEmpty()) {
            throw new ShardException(where + " contradicts itself: " + ShownText.first(problems) + "." + AGAIN);
        }
        return manifest;
    }

    private static JsonNode parse(String json, String where) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new ShardException(where + " is not JSON (line " + line + ")." + AGAIN, e);
        }
    }

    private static Manifest bind(JsonNode tree, String where) {
        try {
            return JSON.treeToValue(tree, Manifest.class);
        } catch (JsonMappingException e) {
            String field = e.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                    .collect(Collectors.joining("."))
                    .replace(".[", "[");
            throw new ShardException(
                    where + ": " + (field.isEmpty() ? "a field" : ShownText.start(field))
                            + " is missing, unknown or not what belongs there." + AGAIN,
                    e);
        } catch (JsonProcessingException e) {
            throw new ShardException(where + " cannot be understood." + AGAIN, e);
        }
    }

    private static List<String> contradictions(Manifest manifest) {
        List<String> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Manifest.Shard shard : manifest.shards()) {
            if (!names.add(shard.name())) {
                problems.add(ShownText.start(shard.name()) + " is listed twice");
            }
            if (Split.ofShardName(shard.name()).filter(shard.split()::equals).isEmpty()) {
                problems.add("«" + ShownText.start(shard.name()) + "» is no name of a "
                        + shard.split().key() + " shard");
            }
            if (shard.rowGroups().stream().mapToLong(Integer::longValue).sum() != shard.rows()) {
                problems.add("the row groups of " + ShownText.start(shard.name()) + " do not add up to " + shard.rows()
                        + " rows");
            }
        }
        for (SplitCounts counts : manifest.splits()) {
            String key = counts.split().key();
            long rows = manifest.shards(counts.split()).stream()
                    .mapToLong(Manifest.Shard::rows)
                    .sum();
            long perClass =
                    counts.perClass().stream().mapToLong(Long::longValue).sum();
            if (rows != counts.examples() || perClass != counts.examples()) {
                problems.add(key + " has " + counts.examples() + " examples, " + rows + " in its shards, " + perClass
                        + " in its classes");
            }
            if (counts.perClass().size() != manifest.classes()) {
                problems.add(key + " counts " + counts.perClass().size() + " classes of " + manifest.classes());
            }
        }
        return problems;
    }
}
