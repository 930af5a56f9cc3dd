package io.github.resnetspark.job.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.job.score.PicturePart.NamedPicture;
import io.github.resnetspark.message.data.SourceReasons;
import io.github.resnetspark.message.job.ScoreFailures;
import io.github.resnetspark.message.job.ScoreNotices;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ScoreInputTest {
    private final Storage storage = Storage.of(new Configuration());

    @TempDir
    private Path folder;

    @Test
    void listsPictureFilesInAllFoldersAndCountsSkippedFiles() throws IOException {
        write("b/c d/2.JPEG", "b/1%20.png", "a.bmp", "b/at 10:30.gif", "notes.txt", "b/none");
        write(".hidden/3.png", "_DSC1.png", "b/.4.png", "_SUCCESS", "b/._2.png");

        ScoreInput input = of(folder);

        assertThat(input.pictures()).isEqualTo(5);
        assertThat(input.passedOver().text())
                .isEqualTo("1 hidden file, 1 hidden folder, 2 files that are not pictures (.txt 1, no extension 1)");
        List<NamedPicture> pictures = input.parts().get(0).pictures(storage);
        assertThat(pictures)
                .extracting(NamedPicture::path)
                .containsExactly("_DSC1.png", "a.bmp", "b/1%20.png", "b/at 10:30.gif", "b/c d/2.JPEG");
        for (NamedPicture picture : pictures) {
            assertThat(picture.encoded().read()).asString().isEqualTo(picture.path());
        }
    }

    @Test
    @Timeout(20)
    void aPictureIsOneRowHoweverManyLinksPointToIt() throws IOException {
        write("a/1.png");
        Files.createSymbolicLink(folder.resolve("a/loop"), Path.of("."));
        Files.createSymbolicLink(folder.resolve("a/other"), Path.of(".."));
        Files.createSymbolicLink(folder.resolve("0.png"), Path.of("a/1.png"));

        ScoreInput input = of(folder);

        assertThat(input.parts().get(0).pictures(storage))
                .extracting(NamedPicture::path)
                .containsExactly("a/1.png");
        assertThat(input.passedOver().text()).isEqualTo(SourceReasons.repeated(3));
    }

    @Test
    void aPartHasAtMost32Files() throws IOException {
        for (int i = 0; i < 70; i++) {
            write(String.format(Locale.ROOT, "%03d.png", i));
        }

        ScoreInput input = of(folder);

        assertThat(input.parts()).extracting(PicturePart::size).containsExactly(32, 32, 6);
        assertThat(input.parts().get(1).pictures(storage).get(0).path()).isEqualTo("032.png");
    }

    @Test
    void aFileThatWasDeletedMeanwhileIsAnErrorOfThatPictureOnly() throws IOException {
        write("a.png", "b.png");
        List<NamedPicture> pictures = of(folder).parts().get(0).pictures(storage);
        Files.delete(folder.resolve("a.png"));

        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> pictures.get(0).encoded().read())
                .withMessage(ScoreNotices.fileGone());
        assertThat(pictures.get(1).encoded().read()).asString().isEqualTo("b.png");
    }

    @Test
    void aFileThatIsTooLongIsNotRead() {
        PicturePart.Files part =
                new PicturePart.Files(folder.toString(), List.of(new PicturePart.PictureFile("a.png", 1L << 40)));

        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> part.pictures(storage).get(0).encoded().read())
                .withMessage("The file has 1099511627776 bytes, more than the limit of 268435456.");
    }

    @Test
    void refusesADirectoryWithoutPictures() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "mine");

        assertThatExceptionOfType(RecipeException.class)
                .isThrownBy(() -> of(folder))
                .withMessage(ScoreFailures.noPictures("file:" + folder));
        assertThatExceptionOfType(RecipeException.class)
                .isThrownBy(() -> of(file))
                .withMessage(ScoreFailures.notADirectory(file.toString()));
        assertThatExceptionOfType(RecipeException.class)
                .isThrownBy(() -> of(folder.resolve("none")))
                .withMessage(ScoreFailures.notADirectory(folder.resolve("none").toString()));
    }

    @Test
    void aDirectoryWithAManifestIsADirectoryOfShards() throws IOException {
        Files.writeString(folder.resolve(ShardDirectory.MANIFEST), "{}");
        write("a.png");

        assertThatExceptionOfType(ShardException.class)
                .isThrownBy(() -> of(folder))
                .withMessageContaining(ShardDirectory.MANIFEST);
    }

    /** Writes files whose content is their own path. */
    private void write(String... paths) throws IOException {
        for (String path : paths) {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, path);
        }
    }

    private ScoreInput of(Path place) throws IOException {
        return ScoreInput.of(new org.apache.hadoop.fs.Path(place.toString()), Optional.empty(), storage);
    }
}
