package io.github.resnetspark.source.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.message.data.LabelFailures;
import io.github.resnetspark.message.data.SourceFailures;
import io.github.resnetspark.source.PictureSource;
import io.github.resnetspark.source.PrepareSettings.SynsetFiles;
import io.github.resnetspark.source.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ImageNet's validation pictures as distributed: all in one folder, with a text file of labels. */
class FlatValidationTest {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    @TempDir
    Path root;

    @BeforeEach
    void makeASource() throws IOException {
        picture("train/n01440764/n01440764_18.JPEG");
        picture("train/n01751748/n01751748_3.JPEG");
        for (int i = 1; i <= 3; i++) {
            picture("val/ILSVRC2012_val_0000000" + i + ".JPEG");
        }
    }

    @Test
    void refusesPicturesWithoutLabels() {
        assertThatThrownBy(this::labels)
                .isInstanceOf(SourceException.class)
                .hasMessage(LabelFailures.unlabelled(
                        "file:" + root,
                        "val",
                        List.of("LOC_val_solution.csv", "imagenet_2012_validation_synset_labels.txt")));
    }

    @Test
    void readsKagglesSolutionNextToTheFolders() throws IOException {
        solution(root.resolve("LOC_val_solution.csv"));

        assertThat(labels())
                .containsExactly(
                        "val/ILSVRC2012_val_00000002.JPEG 0",
                        "val/ILSVRC2012_val_00000001.JPEG 1",
                        "val/ILSVRC2012_val_00000003.JPEG 1");
        assertThat(source(SynsetFiles.NONE).inventory())
                .anyMatch(line -> line.startsWith("val/ILSVRC2012_val_00000002.JPEG "))
                .anyMatch(line -> line.startsWith("ground-truth "));
    }

    @Test
    void readsKagglesSolutionFromItsLocationInKagglesArchive() throws IOException {
        Path folders = Files.createDirectories(root.resolve("ILSVRC/Data/CLS-LOC"));
        Files.move(root.resolve("train"), folders.resolve("train"));
        Files.move(root.resolve("val"), folders.resolve("val"));
        solution(root.resolve("LOC_val_solution.csv"));

        assertThatThrownBy(this::labels)
                .hasMessage(SourceFailures.splitsInNestedFolder("file:" + root, "file:" + folders));
        root = folders;
        assertThat(labels()).hasSize(3);
    }

    @Test
    void readsAListOfSynsetsByPictureNumber() throws IOException {
        Files.writeString(
                root.resolve("imagenet_2012_validation_synset_labels.txt"),
                BYTE_ORDER_MARK + "n01751748\r\nn01440764\r\nn01440764\r\n\r\n");

        assertThat(labels())
                .containsExactly(
                        "val/ILSVRC2012_val_00000002.JPEG 0",
                        "val/ILSVRC2012_val_00000003.JPEG 0",
                        "val/ILSVRC2012_val_00000001.JPEG 1");
    }

    @Test
    void readsTheDevelopmentKitsNumbersAndTheirSynsets() throws IOException {
        Files.writeString(root.resolve("ILSVRC2012_validation_ground_truth.txt"), "490\n361\n361\n");
        Files.writeString(root.resolve("ilsvrc2012_id_to_wnid.txt"), "361 n01440764\n490 n01751748\n");

        assertThat(labels()).contains("val/ILSVRC2012_val_00000001.JPEG 1").hasSize(3);
    }

    @Test
    void refusesALabelFileThatDoesNotCoverAllPictures() throws IOException {
        Path file = Files.writeString(root.resolve("somewhere.txt"), "n01751748\nn01440764\n");
        SynsetFiles files = new SynsetFiles("", "", file.toString(), "");

        assertThatThrownBy(() -> source(files).inventory())
                .isInstanceOf(SourceException.class)
                .hasMessage(LabelFailures.incomplete(file.toString(), "val", "ILSVRC2012_val_00000003.JPEG", 0));
    }

    @Test
    void readsTinyImageNetAsDistributed(@TempDir Path tiny) throws IOException {
        root = tiny;
        picture("train/n01443537/images/n01443537_0.JPEG");
        picture("train/n03444034/images/n03444034_0.JPEG");
        picture("val/images/val_0.JPEG");
        picture("val/images/val_1.JPEG");
        picture("test/images/test_0.JPEG");
        Files.writeString(
                root.resolve("val/val_annotations.txt"),
                "val_0.JPEG\tn03444034\t0\t32\t44\t62\nval_1.JPEG\tn01443537\t52\t55\t57\t59\n");

        assertThat(labels()).containsExactly("val/images/val_1.JPEG 0", "val/images/val_0.JPEG 1");
    }

    @Test
    void aTextThatIsNotUtf8IsRefused() throws IOException {
        Path file = root.resolve("imagenet_2012_validation_synset_labels.txt");
        Files.write(file, "n01751748\n".getBytes(StandardCharsets.UTF_16));

        assertThatThrownBy(this::labels)
                .isInstanceOf(SourceException.class)
                .hasMessage(SourceFailures.notUtf8("file:" + file));
    }

    private void solution(Path file) throws IOException {
        Files.writeString(
                file,
                BYTE_ORDER_MARK + "ImageId,PredictionString\n"
                        + "ILSVRC2012_val_00000003,n01751748 111 108 230 366 \n"
                        + "ILSVRC2012_val_00000001,n01751748 0 0 1 1 n01751748 2 2 3 3 \n"
                        + "ILSVRC2012_val_00000002,n01440764 85 1 499 272 \n");
    }

    private List<String> labels() throws IOException {
        List<String> labels = new ArrayList<>();
        source(SynsetFiles.NONE)
                .list(null, SourceCase.HERE)
                .validation()
                .forEach(example -> labels.add(example.path() + " " + example.label()));
        return labels;
    }

    private PictureSource source(SynsetFiles files) throws IOException {
        return PictureSources.open(SourceCase.settings(root, files), SourceCase.STORAGE);
    }

    private void picture(String path) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.write(root.resolve(path), Pictures.png(3, 3, path.hashCode()));
    }
}
