package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.path;
import static io.github.resnetspark.message.data.Wording.quoted;

import io.github.resnetspark.text.ShownText;
import java.util.List;

/** Why {@code prepare.source} cannot be used: it is missing, or its folders, files or classes are not arranged as expected. */
public final class SourceFailures {
    private static final int NAMED_CLASSES = 3;

    private SourceFailures() {}

    public static String missing(String source) {
        return path(source)
                + " does not exist. Set prepare.source to the folder or archive that contains the pictures.";
    }

    public static String unknownFormat(String source) {
        return path(source)
                + " is not in a known source format: it has no 'train' folder, no ILSVRC2012 archives, no CIFAR-10"
                + " .bin files and no shard manifest, and it is not a .tar, .tar.gz, .tgz or .tar.xz archive. Set"
                + " prepare.source to a folder or archive in one of these formats. For a more specific error, set"
                + " prepare.format to the expected format.";
    }

    public static String noTrainFolder(String source) {
        return noTrain(source) + ". Arrange the pictures as train/<class>/<picture>, or correct prepare.source.";
    }

    /** {@code nested} is the folder inside the source that has the folders of the splits. */
    public static String splitsInNestedFolder(String source, String nested) {
        return noTrain(source) + ", but its subfolder " + path(nested)
                + " has folders for the splits. Set prepare.source to that subfolder.";
    }

    /** {@code classes} are the names of the folders that contain pictures. */
    public static String classesWithoutSplit(String source, List<String> classes) {
        String named = String.join(
                ", ", classes.stream().limit(NAMED_CLASSES).map(Wording::quoted).toList());
        return noTrain(source) + ", but its folders " + named + (classes.size() > NAMED_CLASSES ? " and others" : "")
                + " look like classes. Set prepare.validation-share to e.g. 0.1, or move them into train, and some pictures of"
                + " each into validation/<class>.";
    }

    /** {@code problems} come from {@link SourceReasons#sameSplit} and {@link SourceReasons#brokenLink}. */
    public static String unclearSplits(String source, List<String> problems) {
        return path(source) + ": " + ShownText.first(problems)
                + ". Keep one folder for each split, train and validation.";
    }

    /**
     * {@code problems} are fragments of {@link SourceReasons} about classes and {@code folder} is the folder that
     * determines the classes.
     */
    public static String unusableClasses(String source, List<String> problems, String folder) {
        return path(source) + ": " + ShownText.first(problems) + ". Give every class a folder with pictures in "
                + quoted(folder) + ". List all classes in prepare.labels, or leave it empty.";
    }

    public static String hasValidation(String source, int pictures) {
        return path(source) + " already has a validation split of " + Wording.count(pictures, "picture", "pictures")
                + ". Remove prepare.validation-share.";
    }

    public static String noUsablePictures(String source, String split) {
        return path(source) + " has no picture in the " + split + " split that can be decoded. Correct prepare.source.";
    }

    public static String shrunk(String file) {
        return path(file) + " is shorter than when it was listed. Run prepare again when nothing writes to the source.";
    }

    public static String notUtf8(String file) {
        return path(file) + " is not UTF-8 text. Save it as UTF-8.";
    }

    public static String otherShardClasses(String source, int classes) {
        return "prepare.labels does not name the same classes as " + path(source) + ". List exactly its " + classes
                + " classes, in any order, or leave prepare.labels empty.";
    }

    public static String foreignShardLayout(String file, String picture) {
        return path(file) + " does not store its pictures as prepare does: " + quoted(picture)
                + " is not at the expected position. Set prepare.source to shards that prepare has written.";
    }

    private static String noTrain(String source) {
        return path(source) + " has no 'train' folder";
    }
}
