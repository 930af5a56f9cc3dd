package io.github.resnetspark.prepare;

import io.github.resnetspark.shard.ChannelSums;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.shard.Manifest.SplitCounts;
import io.github.resnetspark.shard.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Assembles the manifest from the contributions of the shards. */
final class ManifestAssembly {
    private ManifestAssembly() {}

    static Manifest assemble(
            Preparation preparation, String toolVersion, List<String> classNames, List<ShardResult> results) {
        List<SplitCounts> splits = new ArrayList<>();
        for (Split split : Split.values()) {
            splits.add(split(split, classNames.size(), of(split, results)));
        }
        Split sampled = of(Split.TRAIN, results).isEmpty() ? Split.VALIDATION : Split.TRAIN;
        ChannelSums channels = of(sampled, results).stream()
                .map(result -> result.summary().channels())
                .reduce(ChannelSums.NONE, ChannelSums::plus);
        List<Manifest.Shard> shards = results.stream().map(ShardResult::shard).toList();
        return new Manifest(
                Manifest.FORMAT_VERSION,
                toolVersion,
                preparation.fingerprint(),
                preparation.source(),
                preparation.options(),
                classNames,
                splits,
                channels.toManifest(preparation.sample().text(sampled)),
                shards,
                quarantined(results));
    }

    static List<Quarantined> quarantined(List<ShardResult> results) {
        return results.stream()
                .flatMap(result -> result.summary().quarantined().stream())
                .toList();
    }

    private static List<ShardResult> of(Split split, List<ShardResult> results) {
        return results.stream()
                .filter(result -> result.shard().split() == split)
                .toList();
    }

    private static SplitCounts split(Split split, int classes, List<ShardResult> results) {
        long[] perClass = new long[classes];
        for (ShardResult result : results) {
            for (int label = 0; label < classes; label++) {
                perClass[label] += result.summary().perClass().get(label);
            }
        }
        return new SplitCounts(
                split,
                Arrays.stream(perClass).sum(),
                Arrays.stream(perClass).boxed().toList());
    }
}
