package io.github.resnetspark.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.message.data.PrepareFailures;
import io.github.resnetspark.message.data.PrepareReasons;
import io.github.resnetspark.message.data.SourceFailures;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.source.format.Pictures;
import io.github.resnetspark.spark.LocalSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationShareIT {
    @TempDir
    Path folder;

    private final PrepareJob job = new PrepareJob(LocalSpark.context());
    private Path source;

    @BeforeEach
    void drawPictures() throws IOException {
        Pictures.classFolders(folder.resolve("both"), 150, "cat", "dog");
        source = folder.resolve("source");
        FileUtils.copyDirectory(
                folder.resolve("both/train").toFile(), source.resolve("train").toFile());
    }

    @Test
    void aHashOfThePictureDecidesWhetherItValidates() throws IOException {
        PrepareReport report = prepare(source, 0.2, 1, "shards");

        assertThat(report.train() + report.validation()).isEqualTo(300);
        assertThat(report.validation()).isBetween(35L, 85L);
        for (Split split : Split.values()) {
            assertThat(rows("shards", split))
                    .allMatch(row -> (position(row.bytes()) < 0.2) == (split == Split.VALIDATION));
        }
        assertThat(manifest("shards").options()).containsEntry("validation-share", "0.2");
    }

    @Test
    void aPictureStaysInItsSplitWhenPicturesAreAddedRenamedAndTheSeedChanges() throws IOException {
        prepare(source, 0.2, 1, "first");
        Files.move(source.resolve("train/cat"), source.resolve("train/tiger"));
        for (int i = 0; i < 20; i++) {
            Files.write(source.resolve("train/dog/new_" + i + ".png"), Pictures.png(7, 7, 9_000 + i));
        }
        // The same picture twice is never in both splits.
        for (int i = 0; i < 150; i++) {
            Files.copy(source.resolve("train/dog/dog_" + i + ".png"), source.resolve("train/dog/copy_" + i + ".png"));
        }

        prepare(source, 0.2, 2, "second");

        assertThat(digests("second", Split.VALIDATION)).containsAll(digests("first", Split.VALIDATION));
        assertThat(digests("second", Split.TRAIN)).containsAll(digests("first", Split.TRAIN));
        assertThat(digests("second", Split.TRAIN)).doesNotContainAnyElementsOf(digests("second", Split.VALIDATION));
    }

    @Test
    void aFolderOfClassesNeedsNoTrainFolder() throws IOException {
        prepare(source.resolve("train"), 0.2, 1, "flat");
        prepare(source, 0.2, 1, "shards");

        for (Split split : Split.values()) {
            assertThat(rows("flat", split)).usingRecursiveComparison().isEqualTo(rows("shards", split));
        }
        assertThatThrownBy(() -> prepare(source.resolve("train"), 0, 1, "other"))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        SourceFailures.classesWithoutSplit("file:" + source.resolve("train"), List.of("cat", "dog")));
    }

    @Test
    void splitsShardsThatHaveNoValidationSplit() throws IOException {
        prepare(source, 0, 1, "whole");

        prepare(folder.resolve("whole"), 0.2, 1, "again");
        prepare(source, 0.2, 1, "shards");

        assertThat(digests("again", Split.VALIDATION)).isEqualTo(digests("shards", Split.VALIDATION));
    }

    @Test
    void refusesASourceWithAValidationSplit() {
        assertThatThrownBy(() -> prepare(folder.resolve("both"), 0.1, 1, "shards"))
                .isInstanceOf(SourceException.class)
                .hasMessage(SourceFailures.hasValidation(folder.resolve("both").toString(), 150));
    }

    @Test
    void anotherShareIsAnotherDataSet() throws IOException {
        prepare(source, 0.2, 1, "shards");

        assertThat(prepare(source, 0.2, 1, "shards").outcome()).isEqualTo(PrepareReport.Outcome.NOTHING_TO_DO);
        for (double share : new double[] {0, 0.1}) {
            assertThatThrownBy(() -> prepare(source, share, 1, "shards"))
                    .isInstanceOf(ShardException.class)
                    .hasMessage(PrepareFailures.otherDataSet(
                            "file:" + folder.resolve("shards"),
                            PrepareReasons.otherOptions(List.of(
                                    PrepareReasons.otherOption("validation-share", "0.2", share == 0 ? "" : "0.1")))));
        }
    }

    @Test
    void positionsAreSpreadEvenlyFromZeroToOne() {
        double[] positions = IntStream.range(0, 20_000)
                .mapToDouble(i -> position(Integer.toString(i).getBytes(StandardCharsets.US_ASCII)))
                .toArray();

        for (int tenth = 0; tenth < 10; tenth++) {
            double low = tenth / 10.0;
            assertThat(IntStream.range(0, positions.length)
                            .filter(i -> positions[i] >= low && positions[i] < low + 0.1)
                            .count())
                    .isBetween(1_800L, 2_200L);
        }
        assertThat(ValidationShare.position(HexFormat.of().parseHex("00".repeat(32))))
                .isZero();
        assertThat(ValidationShare.position(HexFormat.of().parseHex("ff".repeat(32))))
                .isLessThan(1)
                .isGreaterThan(0.999999);
    }

    private static double position(byte[] picture) {
        return ValidationShare.position(HexFormat.of().parseHex(Sha256.of(picture)));
    }

    private PrepareReport prepare(Path from, double share, long seed, String to) throws IOException {
        PrepareSettings settings = new PrepareSettings(from.toString(), SourceFormat.AUTO, 4000, 8, seed, 0, List.of());
        return job.run(settings.withValidationShare(share), folder.resolve(to).toString());
    }

    private Manifest manifest(String shards) {
        return new WrittenShards(folder.resolve(shards)).manifest();
    }

    private List<ShardRow> rows(String shards, Split split) throws IOException {
        return new WrittenShards(folder.resolve(shards)).rows(split);
    }

    private SortedSet<String> digests(String shards, Split split) throws IOException {
        SortedSet<String> digests = new TreeSet<>();
        rows(shards, split).forEach(row -> digests.add(Sha256.of(row.bytes())));
        return digests;
    }
}
