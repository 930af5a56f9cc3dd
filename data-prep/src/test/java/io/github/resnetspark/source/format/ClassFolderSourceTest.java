package io.github.resnetspark.source.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.message.data.PrepareSettingFailures;
import io.github.resnetspark.message.data.SourceFailures;
import io.github.resnetspark.message.data.SourceNotices;
import io.github.resnetspark.message.data.SourceReasons;
import io.github.resnetspark.message.model.PictureNotices;
import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.source.PassedOver;
import io.github.resnetspark.source.PictureSource.SourceNotes;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.source.SourceListing;
import io.github.resnetspark.source.SourceListing.SourceExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFolderSourceTest {
    @TempDir
    Path root;

    @Test
    void classesAreNumberedByNameAndFilesAreSorted() throws IOException {
        Pictures.classFolders(root, 2, "dog", "cat");

        SourceListing listing = list();

        assertThat(listing.classNames()).containsExactly("cat", "dog");
        assertThat(listing.train().stream().map(SourceExample::path))
                .containsExactly(
                        "train/cat/cat_0.png", "train/cat/cat_1.png", "train/dog/dog_0.png", "train/dog/dog_1.png");
        assertThat(listing.train().stream().map(SourceExample::label)).containsExactly(0, 0, 1, 1);
        assertThat(listing.validation().stream().map(SourceExample::path))
                .containsExactly("val/cat/cat_0.png", "val/dog/dog_0.png");
    }

    @Test
    void labelsDetermineTheOrderOfClasses() throws IOException {
        Pictures.classFolders(root, 2, "dog", "cat");

        SourceListing listing = SourceCase.open(root, SourceFormat.CLASS_FOLDERS, List.of("dog", "cat"))
                .list(null, SourceCase.HERE);

        assertThat(listing.classNames()).containsExactly("dog", "cat");
        assertThat(listing.train().stream().map(SourceExample::label)).containsExactly(1, 1, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"validation", "val", "valid", "test", "VAL", "Valid"})
    void validationFolderMayHaveSeveralNamesInAnyCase(String name) throws IOException {
        Pictures.classFolders(root, 2, "cat");
        Files.move(root.resolve("val"), root.resolve(name));
        Files.move(root.resolve("train"), root.resolve("Training"));

        assertThat(list().validation()).extracting(SourceExample::path).containsExactly(name + "/cat/cat_0.png");
        assertThat(list().train()).hasSize(2);
    }

    @Test
    void testPicturesAreUsedForValidationOnlyWithoutAValidationFolderAndWithAWarning() throws IOException {
        Pictures.classFolders(root, 2, "cat");
        Files.move(root.resolve("val"), root.resolve("test"));

        assertThat(list().validation()).hasSize(1);
        assertThat(warnings()).containsExactly(SourceNotices.testUsedAsValidation("test", "train"));

        write("valid/cat/1.png", "valid/cat/2.png");
        assertThat(list().validation()).hasSize(2);
        assertThat(warnings()).isEmpty();
    }

    @Test
    void unlabelledTestPicturesAreIgnoredWithAWarning() throws IOException {
        write("train/cat/1.png", "test/1.png", "test/2.png");

        assertThat(list().validation()).isEmpty();
        assertThat(warnings()).containsExactly(SourceNotices.unlabelledTestIgnored("test"));
    }

    @Test
    void refusesTwoFoldersForOneSplit() throws IOException {
        write("train/cat/1.png", "val/cat/1.png", "valid/cat/1.png");
        Files.createSymbolicLink(root.resolve("Validation"), Path.of("nowhere"));

        refuses(
                List.of(),
                SourceFailures.unclearSplits(
                        "file:" + root,
                        List.of(
                                SourceReasons.sameSplit(List.of("val", "valid"), "validation"),
                                SourceReasons.brokenLink("Validation"))));
    }

    @Test
    void validationMayBeMissing() throws IOException {
        Files.createDirectories(root.resolve("train/cat"));
        Files.write(root.resolve("train/cat/1.JPEG"), Pictures.png(3, 3, 1));

        assertThat(list().validation()).isEmpty();
        assertThat(list().train()).hasSize(1);
    }

    @Test
    void namesMayStartWithUnderscores() throws IOException {
        write("train/_background_/_DSC1.JPG", "train/cat/__2.png", "val/_background_/_DSC2.JPG");

        assertThat(list().classNames()).containsExactly("_background_", "cat");
        assertThat(list().train())
                .extracting(SourceExample::path)
                .containsExactly("train/_background_/_DSC1.JPG", "train/cat/__2.png");
        assertThat(list().validation()).hasSize(1);
        assertThat(notes().passedOver()).isEqualTo(PassedOver.NONE);
    }

    @Test
    void skippedFilesAreCountedByKindExceptThoseOfSystems() throws IOException {
        write("train/cat/1.png", "train/cat/notes.txt", "train/cat/more.TXT", "train/cat/README", "val/cat/x.raw");
        write("train/stray.jpg", "train/cat/.hidden.jpg", "val/.old/1.jpg");
        write("train/.DS_Store", "train/cat/Thumbs.db", "train/cat/desktop.ini", "train/cat/._1.png");
        write("train/__MACOSX/cat/1.png", "train/_SUCCESS", "train/cat/.ipynb_checkpoints/1.png", "train/@eaDir/1.jpg");
        write("train/_temporary/0/1.png");
        Files.createSymbolicLink(root.resolve("train/cat/gone.jpg"), root.resolve("nowhere.jpg"));

        assertThat(list().classNames()).containsExactly("cat");
        assertThat(list().train()).hasSize(1);
        PassedOver passedOver = notes().passedOver();
        assertThat(passedOver.text())
                .isEqualTo(
                        "1 hidden file, 1 hidden folder, 4 files that are not pictures (.txt 2, .raw 1, no extension 1), "
                                + "1 picture outside the class folders, 1 broken link");
        assertThat(passedOver.toMap())
                .isEqualTo(Map.of(
                        "hiddenFiles",
                        1L,
                        "hiddenFolders",
                        1L,
                        "notPictures",
                        4L,
                        "outsideClasses",
                        1L,
                        "deadLinks",
                        1L));
    }

    @Test
    void picturesInSubfoldersBelongToTheClass() throws IOException {
        write("train/a/1.png", "train/a/batch2/1.png", "train/a/batch2/more/1.png", "train/n01/images/n01_0.JPEG");
        write("train/n01/n01_boxes.txt", "val/a/batch1/1.png");

        assertThat(list().train())
                .extracting(SourceExample::path)
                .containsExactly(
                        "train/a/1.png",
                        "train/a/batch2/1.png",
                        "train/a/batch2/more/1.png",
                        "train/n01/images/n01_0.JPEG");
        assertThat(list().train()).extracting(SourceExample::label).containsExactly(0, 0, 0, 1);
        assertThat(list().validation()).extracting(SourceExample::label).containsExactly(0);
    }

    @Test
    @Timeout(20)
    void aPictureIsReadOnceEvenIfSeveralLinksLeadToIt(@TempDir Path elsewhere) throws IOException {
        write("train/b/1.png", "train/b/2.png", "train/c/1.png");
        Files.createSymbolicLink(root.resolve("train/b/again"), Path.of("."));
        Files.createSymbolicLink(root.resolve("train/b/up"), Path.of("../.."));
        Files.createSymbolicLink(root.resolve("train/b/alias.png"), Path.of("1.png"));
        Files.createSymbolicLink(root.resolve("train/a"), Path.of("b"));
        Files.write(elsewhere.resolve("3.png"), Pictures.png(3, 3, 1));
        Files.createSymbolicLink(elsewhere.resolve("back"), root);
        Files.createSymbolicLink(root.resolve("train/c/linked"), elsewhere);
        Files.createSymbolicLink(root.resolve("train/c/linked again"), elsewhere);
        Files.createSymbolicLink(root.resolve("train/c/one.png"), elsewhere.resolve("3.png"));

        assertThat(list().classNames()).containsExactly("b", "c");
        assertThat(list().train())
                .extracting(SourceExample::path)
                .containsExactly("train/b/1.png", "train/b/2.png", "train/c/1.png", "train/c/linked/3.png");
        assertThat(notes().passedOver().text()).isEqualTo(SourceReasons.repeated(7));
    }

    @Test
    void foldersMayBeSymbolicLinks(@TempDir Path elsewhere) throws IOException {
        Pictures.classFolders(elsewhere, 2, "cat", "dog");
        Files.createSymbolicLink(root.resolve("train"), elsewhere.resolve("train"));
        Files.createDirectories(root.resolve("val"));
        Files.createSymbolicLink(root.resolve("val/cat"), elsewhere.resolve("val/cat"));

        assertThat(list().train()).hasSize(4);
        assertThat(list().validation()).extracting(SourceExample::path).containsExactly("val/cat/cat_0.png");
        assertThat(notes().passedOver()).isEqualTo(PassedOver.NONE);
    }

    @Test
    void namesThatDifferOnlyInUnicodeFormAreOneClass() throws IOException {
        String composed = "caf\u00e9";
        String apart = "cafe\u0301";
        write("train/" + composed + "/1.png", "train/" + apart + "/2.png", "val/" + apart + "/3.png");

        SourceListing listing = SourceCase.open(root, SourceFormat.CLASS_FOLDERS, List.of(apart))
                .list(null, SourceCase.HERE);

        assertThat(listing.classNames()).containsExactly(composed);
        assertThat(listing.train())
                .extracting(SourceExample::path)
                .containsExactlyInAnyOrder("train/" + composed + "/1.png", "train/" + apart + "/2.png");
        assertThat(listing.validation()).extracting(SourceExample::path).containsExactly("val/" + apart + "/3.png");
        assertThat(warnings()).containsExactly(SourceNotices.sameClassTwice("train", composed));
    }

    @Test
    void picturesAreStoredUnchangedAndDamagedOnesAreRejectedWithAReason() throws IOException {
        Pictures.classFolders(root, 3, "cat");
        byte[] whole = Files.readAllBytes(root.resolve("train/cat/cat_0.png"));
        Files.write(root.resolve("train/cat/cat_1.png"), Arrays.copyOf(whole, whole.length - 40));
        Files.write(root.resolve("train/cat/cat_2.png"), new byte[0]);

        SourceListing listing = list();
        SourceCase read = SourceCase.read(listing, listing.train());

        assertThat(read.rows).hasSize(1);
        assertThat(read.rows.get(0).bytes()).isEqualTo(whole);
        assertThat(read.rows.get(0).width()).isEqualTo(5);
        assertThat(read.rows.get(0).height()).isEqualTo(4);
        assertThat(read.rejected)
                .containsExactly(
                        new Quarantined("train/cat/cat_1.png", PictureNotices.pngWithoutEnd()),
                        new Quarantined("train/cat/cat_2.png", PictureNotices.empty()));
    }

    @Test
    void aTestSetNeedsNoTrainingPictures(@TempDir Path folder) throws IOException {
        Pictures.classFolders(root, 2, "cat", "dog");
        Files.move(root.resolve("val"), root.resolve("validation"));
        Files.move(root.resolve("train"), folder.resolve("elsewhere"));

        SourceListing listing = list();

        assertThat(listing.train()).isEmpty();
        assertThat(listing.validation()).hasSize(2);
        assertThat(listing.classNames()).containsExactly("cat", "dog");

        Files.createDirectories(root.resolve("validation/empty"));
        refuses(
                List.of(),
                SourceFailures.unusableClasses(
                        "file:" + root, List.of(SourceReasons.emptyClass("empty", "validation")), "validation"));
    }

    @Test
    void reportsAllInconsistentFoldersAtOnce() throws IOException {
        Pictures.classFolders(root, 2, "cat", "dog");
        Files.createDirectories(root.resolve("train/empty"));
        Files.createDirectories(root.resolve("val/bird"));

        refuses(
                List.of(),
                SourceFailures.unusableClasses(
                        "file:" + root,
                        List.of(
                                SourceReasons.emptyClass("empty", "train"),
                                SourceReasons.onlyInValidation("bird", "train")),
                        "train"));
        refuses(
                List.of("cat", "cow"),
                SourceFailures.unusableClasses(
                        "file:" + root,
                        List.of(
                                SourceReasons.emptyClass("cow", "train"),
                                SourceReasons.notInLabels("bird"),
                                SourceReasons.notInLabels("dog"),
                                SourceReasons.notInLabels("empty")),
                        "train"));
    }

    @Test
    void refusesASourceThatIsMissingOrUnknown() throws IOException {
        assertThatThrownBy(() -> SourceCase.open(root.resolve("nowhere"), SourceFormat.AUTO, List.of()))
                .isInstanceOf(SourceException.class)
                .hasMessage(SourceFailures.missing("file:" + root + "/nowhere"));
        assertThatThrownBy(this::list)
                .isInstanceOf(SourceException.class)
                .hasMessage(SourceFailures.unknownFormat("file:" + root));
        refuses(List.of(), SourceFailures.noTrainFolder("file:" + root));
    }

    @Test
    void reportsAllInvalidSettingsAtOnce() {
        assertThatThrownBy(() -> new PrepareSettings(" ", SourceFormat.AUTO, 0, 0, 1, -1, List.of("a", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(String.join(
                        "\n",
                        PrepareSettingFailures.noSource(),
                        PrepareSettingFailures.shardSize(0),
                        PrepareSettingFailures.rowGroup(0),
                        PrepareSettingFailures.maxRejected(-1),
                        PrepareSettingFailures.repeatedLabel()));
    }

    @Test
    void saysWhatToDoWithAFolderWithoutSplits() throws IOException {
        write("cat/1.png", "dog/1.png", "eel/1.png", "fox/1.png", "notes/1.txt");
        String classes = SourceFailures.classesWithoutSplit("file:" + root, List.of("cat", "dog", "eel", "fox"));
        refuses(List.of(), classes);
        assertThatThrownBy(this::list).isInstanceOf(SourceException.class).hasMessage(classes);

        write("pictures-2024/train/cat/1.png");
        refuses(List.of(), SourceFailures.splitsInNestedFolder("file:" + root, "file:" + root + "/pictures-2024"));
    }

    @Test
    void shortensLongListsOfProblems() throws IOException {
        write("train/cat/1.png");
        for (int i = 10; i < 25; i++) {
            write("val/x" + i + "/1.png");
        }

        assertThatThrownBy(this::list)
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("file:" + root + ": " + SourceReasons.onlyInValidation("x10", "train"))
                .hasMessageContaining(SourceReasons.onlyInValidation("x19", "train") + ", and 5 more. Give");
    }

    private void write(String... files) throws IOException {
        for (String file : files) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.write(root.resolve(file), Pictures.png(3, 3, 1));
        }
    }

    private SourceNotes notes() throws IOException {
        return SourceCase.open(root, SourceFormat.AUTO, List.of()).notes();
    }

    private List<String> warnings() throws IOException {
        return notes().warnings();
    }

    private SourceListing list() throws IOException {
        return SourceCase.list(root, root.resolve("_staging"));
    }

    private void refuses(List<String> labels, String message) {
        assertThatThrownBy(() -> SourceCase.open(root, SourceFormat.CLASS_FOLDERS, labels)
                        .list(null, SourceCase.HERE))
                .isInstanceOf(SourceException.class)
                .hasMessage(message);
    }
}
