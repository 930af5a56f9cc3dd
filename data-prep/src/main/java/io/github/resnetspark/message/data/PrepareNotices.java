package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.count;
import static io.github.resnetspark.message.data.Wording.path;
import static io.github.resnetspark.message.data.Wording.quoted;
import static io.github.resnetspark.message.data.Wording.quotedPath;
import static io.github.resnetspark.message.data.Wording.share;

import io.github.resnetspark.text.ShownText;
import java.util.List;
import java.util.Locale;

/** What {@code prepare} logs, and its warnings about the data set that it wrote. */
public final class PrepareNotices {
    private PrepareNotices() {}

    public static String contents(String source, int train, int validation, int classes) {
        return path(source) + ": " + count(train, "training picture", "training pictures") + " and "
                + count(validation, "validation picture", "validation pictures") + " in "
                + count(classes, "class", "classes") + ".";
    }

    public static String withoutLock(String directory) {
        return path(directory)
                + " is in an object store, which has no locks. No other preparation may write there now.";
    }

    /** {@code least} and {@code most} are classes with the smallest and the largest share. */
    public static String validationChosen(
            long chosen, long pictures, String least, double leastShare, String most, double mostShare) {
        return String.format(
                Locale.ROOT,
                "Chose %s of %,d for validation, by their contents: between %.1f %% (%s) and %.1f %% (%s) of each class.",
                count(chosen, "picture", "pictures"),
                pictures,
                100 * leastShare,
                quoted(least),
                100 * mostShare,
                quoted(most));
    }

    public static String complete(String directory) {
        return path(directory) + " is complete, so there is nothing to do.";
    }

    /** {@code which} is for example {@code train 0-6}. */
    public static String resuming(int reused, int shards, String which) {
        return "Resuming: reused " + reused + " of " + shards + " shards, which an earlier run had finished ("
                + ShownText.clause(which) + ").";
    }

    /** {@code reason} is a whole sentence. */
    public static String skipped(String picture, String reason) {
        return "Skipping " + quotedPath(picture) + ": " + ShownText.words(reason);
    }

    public static String darkened(String source, long pictures) {
        return path(source) + ": " + count(pictures, "picture", "pictures")
                + " with 16 bits per sample use at most 14 of them and are stored too dark. To give them their full range,"
                + " set prepare.sixteen-bit = stretch and set data.shards to an empty directory.";
    }

    public static String oneClass(String className) {
        return "There is only one class, " + quoted(className)
                + ", so there is nothing to classify. Arrange the pictures as train/<class>/<picture>.";
    }

    public static String classesWithoutTraining(List<String> classNames, int classes) {
        return someClasses(classNames, classes, "no training pictures")
                + ". A model cannot learn them. Add pictures, or remove the classes.";
    }

    public static String classesWithOneTrainingPicture(List<String> classNames, int classes) {
        return someClasses(classNames, classes, "only one training picture") + ". Add pictures.";
    }

    public static String classesWithoutValidation(List<String> classNames, int classes) {
        return someClasses(classNames, classes, "no validation pictures")
                + ". The reported accuracy says nothing about them. Move some of their pictures to the validation split.";
    }

    public static String noValidation() {
        return "There are no validation pictures. Training keeps the last epoch instead of the best, and reports no"
                + " accuracy. Move some pictures of each class to the validation split.";
    }

    private static String someClasses(List<String> classNames, int classes, String what) {
        return share(classNames.size(), classes, "classes", "has", "have") + " " + what + ": " + quoted(classNames);
    }
}
