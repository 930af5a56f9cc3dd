package io.github.resnetspark.prepare;

import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.image.SixteenBit;
import io.github.resnetspark.intake.PictureSettings.PictureCheck;
import io.github.resnetspark.message.data.PrepareReasons;
import io.github.resnetspark.shard.ChannelSample;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.source.PictureSource;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.text.ShownText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Everything that determines the bytes of the shards.
 *
 * @param source location of the pictures for the manifest, without a password
 * @param options the options of prepare, by their keys in the recipe
 * @param sample the pictures from which channel statistics are computed: all if all are decoded
 * @param fingerprint SHA-256 of the options and the inventory of the source's files. The location of the source and
 *     the limit of skipped pictures do not count, because neither changes a shard
 * @param pictures the source, which lists its files
 */
record Preparation(
        String source, Map<String, String> options, ChannelSample sample, String fingerprint, PictureSource pictures) {
    private static final String TOLERANCE = "max-rejected";
    /** Version 1 supported only the default value. */
    private static final String SIXTEEN_BIT = "sixteen-bit";

    static Preparation of(PrepareSettings settings, PictureSource source) throws IOException {
        Map<String, String> options = options(settings, source.format());
        ChannelSample sample = settings.pictures().check() == PictureCheck.DECODE
                ? ChannelSample.EVERY_PICTURE
                : ChannelSample.ONE_OF_64;
        return new Preparation(
                ShownText.line(settings.source()),
                options,
                sample,
                fingerprint(Manifest.FORMAT_VERSION, options, source.inventory()),
                source);
    }

    /** Whether a manifest describes shards of this preparation, possibly in an older format version. */
    boolean isThatOf(Manifest manifest) throws IOException {
        int version = manifest.formatVersion();
        return manifest.fingerprint()
                .equals(
                        version == Manifest.FORMAT_VERSION
                                ? fingerprint
                                : fingerprint(version, options, pictures.inventory()));
    }

    /** A description of the differences from the preparation of a manifest. */
    String differences(Manifest manifest) {
        List<String> differences = new ArrayList<>();
        options.forEach((key, value) -> {
            String other =
                    manifest.options().getOrDefault(key, key.equals(SIXTEEN_BIT) ? SixteenBit.HIGH_BYTE.key() : null);
            if (!key.equals(TOLERANCE) && !Objects.equals(other, value)) {
                differences.add(PrepareReasons.otherOption(key, other == null ? "" : other, value));
            }
        });
        manifest.options().forEach((key, value) -> {
            if (!options.containsKey(key)) {
                differences.add(PrepareReasons.otherOption(key, value, ""));
            }
        });
        return differences.isEmpty() ? PrepareReasons.otherFiles() : PrepareReasons.otherOptions(differences);
    }

    private static String fingerprint(int formatVersion, Map<String, String> options, List<String> inventory) {
        List<String> lines = new ArrayList<>();
        lines.add("format-version = " + formatVersion);
        options.forEach((key, value) -> {
            boolean unknown = formatVersion == 1 && key.equals(SIXTEEN_BIT) && value.equals(SixteenBit.HIGH_BYTE.key());
            if (!key.equals(TOLERANCE) && !unknown) {
                lines.add(key + " = " + value);
            }
        });
        lines.addAll(inventory);
        return Sha256.of(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> options(PrepareSettings settings, SourceFormat format) {
        Map<String, String> options = new TreeMap<>();
        options.put("format", format.key());
        options.put("shard-size", Long.toString(settings.shardSize()));
        options.put("row-group", Integer.toString(settings.rowGroup()));
        options.put("seed", Long.toString(settings.seed()));
        options.put(TOLERANCE, Integer.toString(settings.maxRejected()));
        options.put("labels", String.join(",", settings.labels()));
        options.put("check", settings.pictures().check().key());
        options.put("resize", settings.pictures().resize().text());
        options.put("validation-resize", settings.pictures().validationResize().text());
        options.put(SIXTEEN_BIT, settings.pictures().sixteenBit().key());
        options.put("jpeg-quality", Integer.toString(settings.pictures().jpegQuality()));
        // Those that older data sets do not have are left out where they change nothing, so that the fingerprint stays.
        if (settings.validationShare() > 0) {
            options.put("validation-share", Double.toString(settings.validationShare()));
        }
        if (format == SourceFormat.TABLE) {
            options.put("picture-column", settings.table().picture());
            options.put("label-column", settings.table().label());
            options.put("split-column", settings.table().split());
        }
        return options;
    }
}
