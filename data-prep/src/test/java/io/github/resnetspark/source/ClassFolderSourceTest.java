package io.github.resnetspark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.shard.Quarantined;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFolderSourceTest {
    @TempDir
    Path root;

    @Test
    void classesAreNumberedByNameAndFilesStandInOrder() throws IOException {
        Pictures.classFolders(root, 2, "dog", "cat");

        SourceListing listing = list();

        assertThat(listing.classNames()).containsExactly("cat", "dog");
        assertThat(listing.train().stream().map(SourceExample::path))
                .containsExactly(
                        "train/cat/cat_0.png", "train/cat/cat_1.png", "train/dog/dog_0.png", "train/dog/dog_1.png");
        assertThat(listing.train().stream().map(SourceExample::label)).containsExactly(0, 0, 1, 1);
        assertThat(listing.validation().stream().map(SourceExample::path))
                .containsExactly("val/cat/cat_0.png", "val/dog/dog_0.png");
        assertThat(listing.ignored()).isZero();
    }

    @Test
    void labelsGiveTheOrderOfTheClasses() throws IOException {
        Pictures.classFolders(root, 2, "dog", "cat");

        SourceListing listing = SourceCase.open(root, SourceFormat.CLASS_FOLDERS, List.of("dog", "cat"))
                .list(null, SourceCase.HERE);

        assertThat(listing.classNames()).containsExactly("dog", "cat");
        assertThat(listing.train().stream().map(SourceExample::label)).containsExactly(1, 1, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"validation", "val", "test"})
    void theOtherSplitGoesByThreeNames(String name) throws IOException {
        Pictures.classFolders(root, 2, "cat");
        Files.move(root.resolve("val"), root.resolve(name));

        assertThat(list().validation()).hasSize(1);
    }

    @Test
    void validationMayBeMissing() throws IOException {
        Files.createDirectories(root.resolve("train/cat"));
        Files.write(root.resolve("train/cat/1.JPEG"), Pictures.png(3, 3, 1));

        assertThat(list().validation()).isEmpty();
        assertThat(list().train()).hasSize(1);
    }

    @Test
    void countsWhatItIgnoresExceptHiddenFiles() throws IOException {
        Pictures.classFolders(root, 2, "cat");
        Files.writeString(root.resolve("train/cat/notes.txt"), "?");
        Files.writeString(root.resolve("train/stray.jpg"), "?");
        Files.writeString(root.resolve("train/cat/.hidden.jpg"), "?");
        Files.createDirectory(root.resolve("train/_temporary"));

        assertThat(list().ignored()).isEqualTo(2);
        assertThat(list().train()).hasSize(2);
    }

    @Test
    void picturesPassThroughUntouchedAndBrokenOnesAreRejectedWithTheReason() throws IOException {
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
                        new Quarantined("train/cat/cat_1.png", "The picture is cut off: the PNG has no end chunk."),
                        new Quarantined("train/cat/cat_2.png", "The picture has no bytes."));
    }

    @Test
    void picturesToJudgeByNeedNoneToTrainOn(@TempDir Path folder) throws IOException {
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
                "file:" + root
                        + ": class «empty» has no picture in «validation». Give every class a folder with pictures"
                        + " in «validation», and list them all in prepare.labels or none.");
    }

    @Test
    void refusesFoldersThatDoNotFitTogetherAllAtOnce() throws IOException {
        Pictures.classFolders(root, 2, "cat", "dog");
        Files.createDirectories(root.resolve("train/empty"));
        Files.createDirectories(root.resolve("val/bird"));

        String advice = ". Give every class a folder with pictures in «train», and list them all in prepare.labels or "
                + "none.";
        refuses(
                List.of(),
                "file:" + root + ": class «empty» has no picture in «train», "
                        + "class «bird» has a validation folder but none in «train»" + advice);
        refuses(
                List.of("cat", "cow"),
                "file:" + root + ": class «cow» has no picture in «train», "
                        + "folder «bird» is not in prepare.labels, folder «dog» is not in prepare.labels, "
                        + "folder «empty» is not in prepare.labels" + advice);
    }

    @Test
    void refusesASourceThatIsMissingOrUnknown() throws IOException {
        assertThatThrownBy(() -> SourceCase.open(root.resolve("nowhere"), SourceFormat.AUTO, List.of()))
                .isInstanceOf(SourceException.class)
                .hasMessage("file:" + root + "/nowhere does not exist. "
                        + "Set prepare.source to the folder or archive that holds the pictures.");
        assertThatThrownBy(this::list)
                .isInstanceOf(SourceException.class)
                .hasMessage("file:" + root + " is no source that is known: it has neither a folder «train» nor "
                        + "ILSVRC2012's archives nor CIFAR-10's .bin files nor the manifest of shards, and is no .tar, "
                        + ".tar.gz or .tar.xz of the last. Set prepare.source to one that is, and prepare.format to what "
                        + "it should be to be told more.");
        refuses(
                List.of(),
                "file:" + root + " has no folder «train». Arrange the pictures as train/<class>/<picture>, "
                        + "or correct prepare.source.");
    }

    @Test
    void refusesSettingsThatCannotBeAllAtOnce() {
        assertThatThrownBy(() -> new PrepareSettings(" ", SourceFormat.AUTO, 0, 0, 1, -1, List.of("a", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        """
                        prepare.source is empty. Set it to the folder or archive that holds the pictures.
                        prepare.shard-size is 0 but must be at least 1. Set it to e.g. 64 MiB.
                        prepare.row-group is 0 but must be at least 1. Set it to e.g. 256.
                        prepare.max-rejected is -1 but must be at least 0. Set it to 0 to fail on the first.
                        prepare.labels names a class twice. Name each class once.""");
        assertThat(SourceFormat.of("class-folders")).isEqualTo(SourceFormat.CLASS_FOLDERS);
        assertThatThrownBy(() -> SourceFormat.of("zip"))
                .hasMessage(
                        "There is no source format «zip». Use one of auto, class-folders, cifar10, ilsvrc2012, shards.");
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
