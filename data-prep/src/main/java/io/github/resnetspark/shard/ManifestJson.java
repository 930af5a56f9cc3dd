package io.github.resnetspark.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.resnetspark.message.data.ManifestFailures;
import io.github.resnetspark.message.data.ShardReasons;
import io.github.resnetspark.shard.Manifest.SplitCounts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Converts between {@code manifest.json} and a {@link Manifest}. */
final class ManifestJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

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
            throw new ShardException(ManifestFailures.noVersion(where));
        }
        if (version.intValue() > Manifest.FORMAT_VERSION) {
            throw new ShardException(ManifestFailures.tooNew(where, version.intValue(), Manifest.FORMAT_VERSION));
        }
        Manifest manifest = bind(tree, where);
        List<String> problems = inconsistencies(manifest);
        if (!problems.isEmpty()) {
            throw new ShardException(ManifestFailures.inconsistent(where, problems));
        }
        return manifest;
    }

    private static JsonNode parse(String json, String where) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new ShardException(ManifestFailures.notJson(where, line), e);
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
            throw new ShardException(ManifestFailures.wrongField(where, field), e);
        } catch (JsonProcessingException e) {
            throw new ShardException(ManifestFailures.unreadable(where), e);
        }
    }

    private static List<String> inconsistencies(Manifest manifest) {
        List<String> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Manifest.Shard shard : manifest.shards()) {
            if (!names.add(shard.name())) {
                problems.add(ShardReasons.listedTwice(shard.name()));
            }
            if (Split.ofShardName(shard.name()).filter(shard.split()::equals).isEmpty()) {
                problems.add(
                        ShardReasons.notShardName(shard.name(), shard.split().key()));
            }
            if (shard.rowGroups().stream().mapToLong(Integer::longValue).sum() != shard.rows()) {
                problems.add(ShardReasons.rowGroupSum(shard.name(), shard.rows()));
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
                problems.add(ShardReasons.differentCounts(key, counts.examples(), rows, perClass));
            }
            if (counts.perClass().size() != manifest.classes()) {
                problems.add(ShardReasons.classCount(key, counts.perClass().size(), manifest.classes()));
            }
        }
        return problems;
    }
}
