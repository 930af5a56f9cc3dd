package io.github.resnetspark.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.shard.Manifest.Quarantined;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories that earlier releases wrote. They must always load, so their files are never regenerated. */
class StoredShardsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyVersionLoads(int version) throws IOException, URISyntaxException {
        ShardDirectory directory = TestShards.directory(Path.of(
                StoredShardsTest.class.getResource("/shards-v" + version).toURI()));
        Manifest manifest = directory.readManifest();
        ImageCodec codec = new ImageCodec();
        List<ShardRow> rows = new ArrayList<>();
        for (Manifest.Shard shard : manifest.shards()) {
            assertThat(directory.storage().sha256(directory.file(shard.name()))).isEqualTo(shard.sha256());
            try (ShardReader reader = ShardReader.open(directory.file(shard.name()), TestShards.CONFIGURATION)) {
                assertThat(reader.rowGroupRows()).isEqualTo(shard.rowGroups());
                assertThat(reader.formatVersion()).isEqualTo(version);
                assertThat(reader.footer(FooterKeys.FINGERPRINT)).contains(manifest.fingerprint());
                for (int group = 0; group < reader.rowGroups(); group++) {
                    rows.addAll(reader.readRowGroup(group));
                }
            }
        }

        assertThat(manifest.classNames()).containsExactly("dots", "stripes");
        assertThat(manifest.formatVersion()).isEqualTo(version);
        assertThat(manifest.quarantined())
                .isEqualTo(
                        version == 1
                                ? List.of(new Quarantined("train/dots/broken.png", "The picture has no bytes."))
                                : List.of());
        assertThat(rows).hasSize(15);
        for (ShardRow row : rows) {
            RgbImage image = codec.decode(row.bytes());
            assertThat(row.width()).isEqualTo(image.width());
            assertThat(row.height()).isEqualTo(image.height());
            assertThat(row.path()).contains("/" + manifest.classNames().get(row.label()) + "/");
        }
        ShardRow jpeg = rows.stream()
                .filter(row -> row.path().equals("train/dots/plain.JPEG"))
                .findFirst()
                .orElseThrow();
        assertThat(codec.decode(jpeg.bytes()).pixels()).startsWith(200, 90, 29);
    }
}
