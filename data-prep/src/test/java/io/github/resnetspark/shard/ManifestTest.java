package io.github.resnetspark.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.message.data.ManifestFailures;
import io.github.resnetspark.message.data.ShardFailures;
import io.github.resnetspark.message.data.ShardReasons;
import io.github.resnetspark.message.data.StorageFailures;
import io.github.resnetspark.message.model.MachineFailures;
import io.github.resnetspark.shard.Manifest.SplitCounts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    private static final Manifest MANIFEST = TestShards.manifest(
            List.of(
                    new Manifest.Shard("train-00000-of-00001.parquet", Split.TRAIN, 5, 999, "ab", List.of(4, 1)),
                    new Manifest.Shard(
                            "validation-00000-of-00001.parquet", Split.VALIDATION, 3, 888, "cd", List.of(3))),
            List.of(
                    new SplitCounts(Split.TRAIN, 5, List.of(2L, 2L, 1L)),
                    new SplitCounts(Split.VALIDATION, 3, List.of(1L, 1L, 1L))));

    @TempDir
    Path folder;

    @Test
    void readsBackWhatWasWritten() throws IOException {
        ShardDirectory directory = TestShards.directory(folder);
        directory.writeManifest(MANIFEST);

        assertThat(directory.readManifest()).isEqualTo(MANIFEST);
        assertThat(MANIFEST.examples(Split.TRAIN)).isEqualTo(5);
        assertThat(MANIFEST.allExamples()).isEqualTo(8);
        assertThat(MANIFEST.classes()).isEqualTo(3);
        assertThat(MANIFEST.shards(Split.VALIDATION)).hasSize(1);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("manifest.json"));
        }
    }

    @Test
    void normalizesClassNamesToComposedForm() {
        String apart = MANIFEST.toJson().replace("\"cat\"", "\"cafe\u0301\"");

        assertThat(Manifest.fromJson(apart, "manifest.json").classNames()).containsExactly("caf\u00e9", "dog", "bird");
    }

    @Test
    void hasTheDocumentedJsonForm() {
        assertThat(MANIFEST.toJson())
                .isEqualToNormalizingNewlines(
                        """
                        {
                          "formatVersion" : 2,
                          "toolVersion" : "0.1.0",
                          "fingerprint" : "f00",
                          "source" : "file:/made",
                          "options" : {
                            "format" : "cifar10",
                            "seed" : "1"
                          },
                          "classNames" : [ "cat", "dog", "bird" ],
                          "splits" : [ {
                            "split" : "train",
                            "examples" : 5,
                            "perClass" : [ 2, 2, 1 ]
                          }, {
                            "split" : "validation",
                            "examples" : 3,
                            "perClass" : [ 1, 1, 1 ]
                          } ],
                          "channels" : {
                            "mean" : [ 0.5, 0.25, 0.125 ],
                            "std" : [ 0.2, 0.1, 0.3 ],
                            "sample" : "every stored train picture",
                            "pictures" : 5,
                            "pixels" : 60
                          },
                          "shards" : [ {
                            "name" : "train-00000-of-00001.parquet",
                            "split" : "train",
                            "rows" : 5,
                            "bytes" : 999,
                            "sha256" : "ab",
                            "rowGroups" : [ 4, 1 ]
                          }, {
                            "name" : "validation-00000-of-00001.parquet",
                            "split" : "validation",
                            "rows" : 3,
                            "bytes" : 888,
                            "sha256" : "cd",
                            "rowGroups" : [ 3 ]
                          } ],
                          "quarantined" : [ {
                            "path" : "n0/bad.jpg",
                            "reason" : "The picture has no bytes."
                          } ]
                        }
                        """);
    }

    @Test
    void refusesANewerVersionEvenIfItsFieldsAreNew() {
        refuses("{\"formatVersion\": 7, \"novelty\": true}", ManifestFailures.tooNew("m.json", 7, 2));
    }

    @Test
    void refusesAnUnknownAndAMissingField() {
        refuses(
                MANIFEST.toJson().replace("\"sha256\" : \"ab\",", ""),
                ManifestFailures.wrongField("m.json", "shards[0].sha256"));
        refuses(
                MANIFEST.toJson().replace("\"pixels\" : 60", "\"pixels\" : 60, \"median\" : 3"),
                ManifestFailures.wrongField("m.json", "channels.median"));
        refuses(
                MANIFEST.toJson().replace("\"toolVersion\" : \"0.1.0\",", ""),
                ManifestFailures.wrongField("m.json", "toolVersion"));
    }

    @Test
    void refusesFilesThatAreNotManifests() {
        refuses("{", ManifestFailures.notJson("m.json", 1));
        refuses("{\"name\": 1}", ManifestFailures.noVersion("m.json"));
    }

    @Test
    void refusesAnInconsistentManifestWithAllReasons() {
        refuses(
                MANIFEST.toJson()
                        .replace("[ 4, 1 ]", "[ 4, 2 ]")
                        .replace("[ 1, 1, 1 ]", "[ 1, 1 ]")
                        .replace("\"name\" : \"validation-00000-of-00001.parquet\"", "\"name\" : \"../x\""),
                ManifestFailures.inconsistent(
                        "m.json",
                        List.of(
                                ShardReasons.rowGroupSum("train-00000-of-00001.parquet", 5),
                                ShardReasons.notShardName("../x", "validation"),
                                ShardReasons.differentCounts("validation", 3, 3, 2),
                                ShardReasons.classCount("validation", 2, 3))));
    }

    @Test
    void refusesADirectoryWithoutAManifest() {
        ShardDirectory directory = TestShards.directory(folder);

        assertThatThrownBy(directory::readManifest)
                .isInstanceOf(ShardException.class)
                .hasMessage(ManifestFailures.missing(directory.path().toString(), "manifest.json"));
    }

    @Test
    void reportsATemporarilyUnreadableManifestAsUnavailable() {
        Configuration configuration = new Configuration();
        configuration.set("fs.failing.impl", FailingFileSystem.class.getName());
        ShardDirectory directory = new ShardDirectory(new org.apache.hadoop.fs.Path("failing:/shards"), configuration);

        assertThatThrownBy(directory::readManifest)
                .isInstanceOf(ShardsUnavailableException.class)
                .hasMessage(ShardFailures.unreadable("failing:/shards/manifest.json", "no DataNode answers"));
    }

    @Test
    void saysHowToReadAManifestOnAClusterThatRequiresKerberos() {
        Configuration configuration = new Configuration();
        configuration.set("fs.failing.impl", FailingFileSystem.class.getName());
        configuration.setBoolean("fs.failing.impl.disable.cache", true);
        configuration.set("failing.reason", "Client cannot authenticate via:[TOKEN, KERBEROS]");
        ShardDirectory directory = new ShardDirectory(new org.apache.hadoop.fs.Path("failing:/shards"), configuration);

        assertThatThrownBy(directory::readManifest)
                .isInstanceOf(ShardsUnavailableException.class)
                .hasMessage("failing:/shards/manifest.json cannot be read. "
                        + MachineFailures.noKerberosTicket("Client cannot authenticate via:[TOKEN, KERBEROS]"));
    }

    @Test
    void refusesALocationWithoutAFileSystem() {
        ShardDirectory directory =
                new ShardDirectory(new org.apache.hadoop.fs.Path("unknown:/shards"), new Configuration());

        assertThatThrownBy(directory::readManifest)
                .isInstanceOf(ShardException.class)
                .hasMessage(StorageFailures.noFileSystem("unknown:/shards/manifest.json", "unknown"));
    }

    /** A file system on which no file can be opened. */
    public static final class FailingFileSystem extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("failing:///");
        }

        @Override
        public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize) throws IOException {
            throw new IOException(getConf().get("failing.reason", "no DataNode answers"));
        }
    }

    @Test
    void shardNamesContainTheirSplit() {
        assertThat(Split.TRAIN.shardName(3, 1024)).isEqualTo("train-00003-of-01024.parquet");
        assertThat(Split.ofShardName("validation-00003-of-01024.parquet")).contains(Split.VALIDATION);
        assertThat(Split.ofShardName("_train-00003-of-01024.parquet.1.tmp")).isEmpty();
        assertThat(Split.ofShardName("test-00003-of-01024.parquet")).isEmpty();
    }

    private static void refuses(String json, String message) {
        assertThatThrownBy(() -> Manifest.fromJson(json, "m.json"))
                .isInstanceOf(ShardException.class)
                .hasMessage(message);
    }
}
