package io.github.resnetspark.source.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.resnetspark.message.data.ArchiveFailures;
import io.github.resnetspark.message.data.LabelFailures;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.source.PictureSource;
import io.github.resnetspark.source.PrepareSettings.SynsetFiles;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.source.SourceListing;
import io.github.resnetspark.source.SourceListing.SourceExample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ilsvrc2012SourceTest {
    private static final String TEST_DATA = System.getenv("RESNET_SPARK_TEST_DATA");
    private static final String TRAIN = "ILSVRC2012_img_train.tar";
    private static final String VALIDATION = "ILSVRC2012_img_val.tar";
    private static final String TRUTH = "imagenet_2012_validation_synset_labels.txt";

    @TempDir
    Path folder;

    @Test
    void listsNestedArchivesAndReadsPicturesFromTheirMiddle() throws IOException {
        SmallIlsvrc2012.write(folder, 4, Map.of());

        SourceListing listing = list(SynsetFiles.NONE);

        assertThat(listing.classNames()).isEqualTo(SmallIlsvrc2012.SYNSETS);
        assertThat(listing.train()).hasSize(14);
        assertThat(listing.train().get(5).path()).isEqualTo("train/n01739381/n01739381_1.JPEG");
        assertThat(listing.train().stream().map(SourceExample::label))
                .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2);
        SourceCase read = SourceCase.read(listing, listing.train());
        assertThat(read.rejected).isEmpty();
        for (int i = 0; i < 4; i++) {
            assertThat(read.images.get(i).width()).isEqualTo(20 + i);
            assertThat(read.rows.get(i).bytes())
                    .isEqualTo(io.github.resnetspark.intake.OddPictures.jpeg(20 + i, 16, 0, i, 255 - i));
        }
    }

    @Test
    void validationPicturesAreInNumericOrderWithTheirGroundTruth() throws IOException {
        SmallIlsvrc2012.write(folder, 1, Map.of());

        SourceListing listing = list(SynsetFiles.NONE);

        assertThat(listing.validation().stream().map(SourceExample::path))
                .startsWith("validation/ILSVRC2012_val_00000001.JPEG")
                .isSorted()
                .hasSize(6);
        assertThat(listing.validation().stream().map(SourceExample::label)).containsExactly(2, 0, 0, 1, 2, 1);
        assertThat(SourceCase.read(listing, listing.validation()).images.stream()
                        .map(image -> image.height()))
                .containsExactly(11, 12, 13, 14, 15, 16);
    }

    @Test
    void theDevelopmentKitsNumbersAreTranslatedToClassNumbers() throws IOException {
        SmallIlsvrc2012.write(folder, 1, Map.of());
        Files.delete(folder.resolve(TRUTH));
        Files.write(folder.resolve("ILSVRC2012_validation_ground_truth.txt"), List.of("1", "3", "3", "2", "1", "2"));

        refuses(LabelFailures.kitNumbersWithoutIds(
                "file:" + folder + "/ILSVRC2012_validation_ground_truth.txt", "ilsvrc2012_id_to_wnid.txt"));
        Files.write(folder.resolve("ilsvrc2012_id_to_wnid.txt"), List.of("1 n02105855", "2 n01739381", "3 n01440764"));
        assertThat(list(SynsetFiles.NONE).validation().stream().map(SourceExample::label))
                .containsExactly(2, 0, 0, 1, 2, 1);
    }

    @Test
    void oneFileDeterminesTheOrderOfClassesAndAnotherTheirNames() throws IOException {
        SmallIlsvrc2012.write(folder, 1, Map.of());
        Path order =
                Files.write(folder.resolve("order.txt"), List.of("n02105855", "n00000001", "n01440764", "n01739381"));
        Path names = Files.write(
                folder.resolve("names.txt"),
                List.of("n01440764 tench, Tinca tinca", "n01739381 vine snake", "n02105855 Shetland sheepdog"));

        SourceListing listing = list(new SynsetFiles(order.toString(), names.toString(), "", ""));

        assertThat(listing.classNames())
                .containsExactly("n02105855 Shetland sheepdog", "n01440764 tench, Tinca tinca", "n01739381 vine snake");
        assertThat(listing.train().get(0).label()).isEqualTo(1);
        Files.write(order, List.of("n02105855"));
        assertThatThrownBy(() -> list(new SynsetFiles(order.toString(), "", "", "")))
                .hasMessage(LabelFailures.incompleteOrder(List.of("n01440764", "n01739381")));
    }

    @Test
    void theTrainArchiveAloneIsASource() throws IOException {
        SmallIlsvrc2012.write(folder, 2, Map.of());

        SourceListing listing = SourceCase.list(folder.resolve(TRAIN), folder.resolve("_staging"));

        assertThat(listing.train()).hasSize(8);
        assertThat(listing.validation()).isEmpty();
    }

    @Test
    void theValidationArchiveAloneIsASourceWithTheClassesOfTheGroundTruth() throws IOException {
        SmallIlsvrc2012.write(folder, 1, Map.of());

        SourceListing listing = SourceCase.list(folder.resolve(VALIDATION), folder.resolve("_staging"));

        assertThat(listing.train()).isEmpty();
        assertThat(listing.classNames()).isEqualTo(SmallIlsvrc2012.SYNSETS);
        assertThat(listing.validation().stream().map(SourceExample::label)).containsExactly(2, 0, 0, 1, 2, 1);

        Files.delete(folder.resolve(TRAIN));
        Path order = Files.write(folder.resolve("order.txt"), List.of("n02105855", "n01440764", "n01739381"));
        assertThat(list(new SynsetFiles(order.toString(), "", "", "")).validation().stream()
                        .map(SourceExample::label))
                .as("a folder with nothing else, and a list")
                .containsExactly(0, 1, 1, 2, 0, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "train", "ILSVRC2012_img_train"})
    void extractedArchivesGiveTheSamePictures(String name) throws IOException {
        SmallIlsvrc2012.write(folder, 4, Map.of());
        SourceListing whole = list(SynsetFiles.NONE);
        List<ShardRow> expected = SourceCase.read(whole, whole.train()).rows;
        Path taken = Files.createDirectories(folder.resolve(name));
        try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(folder.resolve(TRAIN)))) {
            for (TarArchiveEntry entry = tar.getNextTarEntry(); entry != null; entry = tar.getNextTarEntry()) {
                Files.copy(tar, taken.resolve(entry.getName()));
            }
        }
        Files.delete(folder.resolve(TRAIN));

        PictureSource source = SourceCase.open(folder, SourceFormat.AUTO, List.of());
        SourceListing parts = source.list(null, SourceCase.HERE);

        assertThat(source.format()).isEqualTo(SourceFormat.ILSVRC2012);
        assertThat(source.inventory())
                .contains((name.isEmpty() ? "" : name + "/") + "n01440764.tar "
                        + Files.size(taken.resolve("n01440764.tar")));
        assertThat(parts.classNames()).isEqualTo(whole.classNames());
        assertThat(SourceCase.read(parts, parts.train()).rows).isEqualTo(expected);
        assertThat(parts.validation()).isEqualTo(whole.validation());
    }

    @Test
    void refusesAFolderWithoutArchives() {
        assertThatThrownBy(() -> SourceCase.open(folder, SourceFormat.ILSVRC2012, List.of()))
                .isInstanceOf(SourceException.class)
                .hasMessage(ArchiveFailures.noIlsvrc2012("file:" + folder, TRAIN, VALIDATION));
    }

    @Test
    void refusesAnArchiveTruncatedAtAnyPosition() throws IOException {
        SmallIlsvrc2012.write(folder, 2, Map.of());
        byte[] whole = Files.readAllBytes(folder.resolve(TRAIN));
        for (int length = 0; length < whole.length - 20_480; length += 1536) {
            Files.write(folder.resolve(TRAIN), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> list(SynsetFiles.NONE))
                    .isInstanceOf(SourceException.class)
                    .hasMessageMatching(
                            "file:.*cannot be read as a tar archive \\(.+\\)\\. Download the archive again\\.");
        }
    }

    @Test
    void skipsCompanionFilesOfMacOs() throws IOException {
        SmallIlsvrc2012.write(folder, 2, Map.of());
        SourceListing plain = list(SynsetFiles.NONE);
        List<ShardRow> expected = SourceCase.read(plain, plain.train()).rows;
        for (String name : List.of(TRAIN, VALIDATION)) {
            Map<String, byte[]> packed = new LinkedHashMap<>();
            packed.put(".DS_Store", new byte[10]);
            for (Map.Entry<String, byte[]> entry : entries(Files.readAllBytes(folder.resolve(name)))) {
                String file = entry.getKey().substring(entry.getKey().lastIndexOf('/') + 1);
                packed.put(entry.getKey().replace(file, "._" + file), new byte[163]);
                Map<String, byte[]> pictures = new LinkedHashMap<>();
                if (file.endsWith(".tar")) {
                    for (Map.Entry<String, byte[]> picture : entries(entry.getValue())) {
                        pictures.put("./._" + picture.getKey(), new byte[163]);
                        pictures.put("./" + picture.getKey(), picture.getValue());
                    }
                    pictures.put("PaxHeader/" + file, new byte[20]);
                }
                packed.put(entry.getKey(), pictures.isEmpty() ? entry.getValue() : Pictures.tar(pictures));
            }
            Files.write(folder.resolve(name), Pictures.tar(packed));
        }

        SourceListing listing = list(SynsetFiles.NONE);

        assertThat(listing.classNames()).isEqualTo(plain.classNames());
        assertThat(SourceCase.read(listing, listing.train()).rows).isEqualTo(expected);
        assertThat(listing.validation()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesASparseFileAndNamesIt(boolean old) throws IOException {
        SmallIlsvrc2012.write(folder, 1, Map.of());
        byte[] sparse = old ? SparseTars.old("n01440764_1.JPEG", 1 << 30) : SparseTars.pax("n01440764_1.JPEG", 1 << 30);
        Files.write(folder.resolve(TRAIN), Pictures.tar(Map.of("n01440764.tar", sparse)));

        refuses(ArchiveFailures.sparseEntry("file:" + folder + "/" + TRAIN, "n01440764_1.JPEG", 1 << 30));
    }

    private static List<Map.Entry<String, byte[]>> entries(byte[] archive) throws IOException {
        List<Map.Entry<String, byte[]>> entries = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextTarEntry(); entry != null; entry = tar.getNextTarEntry()) {
                entries.add(Map.entry(entry.getName(), tar.readAllBytes()));
            }
        }
        return entries;
    }

    @Test
    void refusesNamesThatPointOutsideTheArchive() throws IOException {
        Map<String, byte[]> evil = new LinkedHashMap<>();
        evil.put("../../n01739381_9.JPEG", new byte[5]);
        SmallIlsvrc2012.write(folder, 2, evil);

        refuses(ArchiveFailures.escapingEntry("file:" + folder + "/" + TRAIN, "../../n01739381_9.JPEG"));
    }

    @Test
    void refusesValidationPicturesWithoutGroundTruth() throws IOException {
        SmallIlsvrc2012.write(folder, 1, Map.of());
        Files.write(folder.resolve(TRUTH), List.of("n01440764", "n01440764"));
        refuses(ArchiveFailures.unexpectedValidationPicture(
                "file:" + folder + "/" + VALIDATION, "ILSVRC2012_val_00000003.JPEG", 2));
        Files.write(folder.resolve(TRUTH), java.util.Collections.nCopies(7, "n01440764"));
        refuses(ArchiveFailures.missingValidationPicture("file:" + folder + "/" + VALIDATION, 7, 7));
        Files.delete(folder.resolve(TRUTH));
        refuses(LabelFailures.noGroundTruth(TRUTH));
    }

    @Test
    void theStandardOrderOfTheThousandSynsetsIsSorted() throws IOException {
        assumeTrue(TEST_DATA != null, "RESNET_SPARK_TEST_DATA is not set");
        List<String> list = Files.readAllLines(Path.of(TEST_DATA, "imagenet/labels/imagenet_lsvrc_2015_synsets.txt"));

        assertThat(list).hasSize(1000).isSorted();
        assertThat(ClassNumbering.of(list, List.of(), List.of())).isEqualTo(list);
        SynsetTexts texts = new SynsetTexts(
                SourceCase.STORAGE,
                new SynsetFiles(
                        "",
                        TEST_DATA + "/imagenet/labels/LOC_synset_mapping.txt",
                        TEST_DATA + "/imagenet/labels/imagenet_2012_validation_synset_labels.txt",
                        ""));
        assertThat(texts.named(list)).startsWith("n01440764 tench, Tinca tinca").doesNotHaveDuplicates();
        assertThat(texts.groundTruth()).hasSize(50_000).startsWith("n01751748");
    }

    private SourceListing list(SynsetFiles synsets) throws IOException {
        return PictureSources.open(SourceCase.settings(folder, synsets), SourceCase.STORAGE)
                .list(null, SourceCase.HERE);
    }

    private void refuses(String message) {
        assertThatThrownBy(() -> list(SynsetFiles.NONE))
                .isInstanceOf(SourceException.class)
                .hasMessage(message);
    }
}
