package io.github.resnetspark.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.message.data.ShardFailures;
import io.github.resnetspark.message.data.ShardReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardFileTest {
    private static final String NAME = "train-00000-of-00001.parquet";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 512, 1000})
    void readsBackWhatWasWrittenInRowGroupsOf256(int count) throws IOException {
        List<ShardRow> rows = TestShards.rows(count, count);
        Manifest.Shard shard = TestShards.write(TestShards.directory(folder), NAME, rows, 256);

        try (ShardReader reader = open()) {
            List<ShardRow> read = new ArrayList<>();
            List<Integer> counts = new ArrayList<>();
            for (int group = 0; group < reader.rowGroups(); group++) {
                read.addAll(reader.readRowGroup(group));
                counts.add(reader.rows(group));
            }
            assertThat(read).isEqualTo(rows);
            assertThat(counts).isEqualTo(shard.rowGroups()).isEqualTo(reader.rowGroupRows());
            assertThat(counts.stream().limit(Math.max(0, counts.size() - 1))).allMatch(rowCount -> rowCount == 256);
            assertThat(reader.rows()).isEqualTo(count).isEqualTo(shard.rows());
        }
    }

    @Test
    void readsRowGroupsInAnyOrder() throws IOException {
        List<ShardRow> rows = TestShards.rows(70, 2);
        TestShards.write(TestShards.directory(folder), NAME, rows, 16);

        try (ShardReader reader = open()) {
            for (int group : new int[] {4, 0, 3, 3, 1}) {
                assertThat(reader.readRowGroup(group))
                        .isEqualTo(rows.subList(16 * group, Math.min(70, 16 * group + 16)));
            }
        }
    }

    @Test
    void largePicturesDoNotSplitARowGroup() throws IOException {
        List<ShardRow> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            byte[] bytes = new byte[400_000];
            new SplittableRandom(i).nextBytes(bytes);
            rows.add(new ShardRow(bytes, "big/" + i, 1, 500, 400));
        }
        TestShards.write(TestShards.directory(folder), NAME, rows, 32);

        try (ShardReader reader = open()) {
            assertThat(reader.rowGroupRows()).containsExactly(32, 8);
            assertThat(reader.readRowGroup(1)).isEqualTo(rows.subList(32, 40));
        }
    }

    @Test
    void columnsAreUncompressedAndPlain() throws IOException {
        TestShards.write(TestShards.directory(folder), NAME, TestShards.rows(300, 2), 256);

        try (ParquetFileReader reader =
                ParquetFileReader.open(HadoopInputFile.fromPath(file(), TestShards.CONFIGURATION))) {
            for (BlockMetaData block : reader.getRowGroups()) {
                for (ColumnChunkMetaData column : block.getColumns()) {
                    assertThat(column.getCodec()).isEqualTo(CompressionCodecName.UNCOMPRESSED);
                    assertThat(column.getEncodings()).contains(Encoding.PLAIN).doesNotContain(Encoding.RLE_DICTIONARY);
                }
            }
        }
    }

    @Test
    void theManifestEntryDescribesTheFile() throws IOException {
        Manifest.Shard shard = TestShards.write(TestShards.directory(folder), NAME, TestShards.rows(20, 3), 256);

        byte[] bytes = Files.readAllBytes(folder.resolve(NAME));
        assertThat(shard)
                .isEqualTo(new Manifest.Shard(NAME, Split.TRAIN, 20, bytes.length, Sha256.of(bytes), List.of(20)));
        assertThat(TestShards.directory(folder).storage().sha256(file())).isEqualTo(shard.sha256());
    }

    @Test
    void theFooterHasTheFeaturesAndTheWritersEntries() throws IOException {
        TestShards.write(TestShards.directory(folder), NAME, TestShards.rows(2, 3), 256);

        try (ShardReader reader = open()) {
            assertThat(reader.footer(FooterKeys.HUGGING_FACE))
                    .contains("{\"info\":{\"features\":{\"image\":{\"_type\":\"Image\"},"
                            + "\"label\":{\"names\":[\"cat\",\"dog\",\"bird\"],\"_type\":\"ClassLabel\"},"
                            + "\"width\":{\"dtype\":\"int32\",\"_type\":\"Value\"},"
                            + "\"height\":{\"dtype\":\"int32\",\"_type\":\"Value\"}}}}");
            assertThat(reader.footer(FooterKeys.FINGERPRINT)).contains("f00");
            assertThat(reader.footer(FooterKeys.FORMAT_VERSION)).contains("2");
            assertThat(reader.footer("other")).isEmpty();
        }
    }

    /** Like {@code datasets}, which uses the footer's features only if their Arrow types match all columns. */
    @Test
    void everyColumnHasTheTypeThatHuggingFaceStoresItsFeatureIn() throws IOException {
        TestShards.write(TestShards.directory(folder), NAME, TestShards.rows(2, 3), 256);

        try (ParquetFileReader parquet =
                        ParquetFileReader.open(HadoopInputFile.fromPath(file(), TestShards.CONFIGURATION));
                ShardReader reader = open()) {
            MessageType columns = parquet.getFileMetaData().getSchema();
            JsonNode features = new ObjectMapper()
                    .readTree(reader.footer(FooterKeys.HUGGING_FACE).orElseThrow())
                    .at("/info/features");
            List<String> stored = new ArrayList<>();
            features.fields().forEachRemaining(feature -> stored.add(stored(feature.getKey(), feature.getValue())));
            assertThat(columns)
                    .isEqualTo(
                            MessageTypeParser.parseMessageType("message shard { " + String.join(" ", stored) + " }"));
            assertThat(reader.formatVersion()).isEqualTo(2);
        }
    }

    private static String stored(String name, JsonNode feature) {
        return switch (feature.get("_type").asText()) {
            case "Image" -> "optional group " + name + " { optional binary bytes; optional binary path (STRING); }";
            case "ClassLabel" -> "optional int64 " + name + ";";
            case "Value" -> "optional " + feature.get("dtype").asText() + " " + name + ";";
            default -> throw new IllegalArgumentException(feature.toString());
        };
    }

    @Test
    void equalRowsGiveBitIdenticalFiles() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));

        assertThat(TestShards.write(TestShards.directory(folder), NAME, TestShards.rows(400, 8), 256))
                .isEqualTo(TestShards.write(TestShards.directory(other), NAME, TestShards.rows(400, 8), 256));
    }

    @Test
    void replacesAShardOfTheSameNameAndLeavesNothingElse() throws IOException {
        TestShards.write(TestShards.directory(folder), NAME, TestShards.rows(4, 1), 256);
        TestShards.write(TestShards.directory(folder), NAME, TestShards.rows(5, 2), 256);

        try (ShardReader reader = open()) {
            assertThat(reader.readRowGroup(0)).isEqualTo(TestShards.rows(5, 2));
        }
        assertThat(names()).containsExactly(NAME);
    }

    @Test
    void leavesNothingWithoutACommit() throws IOException {
        try (ShardWriter writer = new ShardWriter(TestShards.directory(folder), NAME, 7, TestShards.CLASSES, 256)) {
            writer.write(TestShards.rows(1, 1).get(0));
            assertThat(names()).containsExactly("_" + NAME + ".7.tmp");
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void refusesATruncatedShard() throws IOException {
        TestShards.write(TestShards.directory(folder), NAME, TestShards.rows(300, 1), 256);
        byte[] bytes = Files.readAllBytes(folder.resolve(NAME));

        Files.write(folder.resolve(NAME), Arrays.copyOf(bytes, 5000));
        refuses(ShardFailures.truncated(file().toString(), 5000));
        Files.write(folder.resolve(NAME), new byte[0]);
        refuses(ShardFailures.notParquet(file().toString(), 0));
    }

    @Test
    void refusesAMissingShard() {
        refuses(ShardFailures.missing(file().toString()));
    }

    @Test
    void refusesAFileThatIsNotParquet() throws IOException {
        Files.writeString(folder.resolve(NAME), "label,picture\n1,cat.png\n");

        refuses(ShardFailures.notParquet(file().toString(), 24));
    }

    @Test
    void refusesADamagedFooter() throws IOException {
        TestShards.write(TestShards.directory(folder), NAME, TestShards.rows(3, 1), 256);
        byte[] bytes = Files.readAllBytes(folder.resolve(NAME));
        Arrays.fill(bytes, bytes.length - 60, bytes.length - 4, (byte) 0x5a);
        Files.write(folder.resolve(NAME), bytes);

        refuses(ShardFailures.damagedFooter(file().toString()));
    }

    @Test
    void refusesOtherParquetFilesAndNamesEveryWrongColumn() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType(
                "message m { optional group image { optional binary bytes; } optional float label; required int32 width; }");
        try (ParquetWriter<Group> writer =
                ExampleParquetWriter.builder(file()).withType(schema).build()) {
            Group row = new SimpleGroupFactory(schema).newGroup();
            row.add("width", 3);
            writer.write(row);
        }

        refuses(ShardFailures.notShard(
                file().toString(),
                List.of(
                        ShardReasons.missingColumn("image.path"),
                        ShardReasons.columnType("label", "optional float label"),
                        ShardReasons.missingColumn("height"))));
    }

    @Test
    void detectsAFlippedBitInAnyPage() throws IOException {
        TestShards.write(TestShards.directory(folder), NAME, TestShards.rows(300, 1), 256);
        byte[] bytes = Files.readAllBytes(folder.resolve(NAME));
        bytes[bytes.length / 3] ^= 4;
        Files.write(folder.resolve(NAME), bytes);

        try (ShardReader reader = open()) {
            assertThatThrownBy(() -> reader.readRowGroup(0))
                    .isInstanceOf(ShardException.class)
                    .hasMessageContaining("train-00000-of-00001.parquet: row group 0 is damaged (");
            assertThat(reader.readRowGroup(1)).hasSize(44);
        }
    }

    @Test
    void refusesARowWithoutALabel() throws IOException {
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(file())
                .withType(ShardSchema.COLUMNS)
                .withExtraMetaData(Map.of())
                .build()) {
            Group row = new SimpleGroupFactory(ShardSchema.COLUMNS).newGroup();
            row.addGroup("image").append("bytes", "b").append("path", "p");
            writer.write(row);
        }

        try (ShardReader reader = open()) {
            assertThatThrownBy(() -> reader.readRowGroup(0))
                    .isInstanceOf(ShardException.class)
                    .hasMessage(ShardFailures.damagedRowGroup(file().toString(), 0, ShardReasons.emptyField()));
        }
    }

    @Test
    void refusesALabelThatIsNotAClassNumber() throws IOException {
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(file())
                .withType(ShardSchema.COLUMNS)
                .build()) {
            Group row = new SimpleGroupFactory(ShardSchema.COLUMNS).newGroup();
            row.addGroup("image").append("bytes", "b").append("path", "p");
            writer.write(row.append("label", 1L << 32).append("width", 1).append("height", 1));
        }

        try (ShardReader reader = open()) {
            assertThatThrownBy(() -> reader.readRowGroup(0))
                    .isInstanceOf(ShardException.class)
                    .hasMessage(ShardFailures.damagedRowGroup(
                            file().toString(), 0, ShardReasons.impossibleLabel(1L << 32)));
        }
    }

    private org.apache.hadoop.fs.Path file() {
        return TestShards.directory(folder).file(NAME);
    }

    private ShardReader open() {
        return ShardReader.open(file(), TestShards.CONFIGURATION);
    }

    private void refuses(String message) {
        assertThatThrownBy(this::open).isInstanceOf(ShardException.class).hasMessage(message);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
