package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.count;
import static io.github.resnetspark.message.data.Wording.path;
import static io.github.resnetspark.message.data.Wording.quoted;
import static io.github.resnetspark.message.data.Wording.quotedPath;

import io.github.resnetspark.text.ShownText;
import java.util.List;

/** Why the labels of a source cannot be used: ground truth, lists of synsets, names of classes. */
public final class LabelFailures {
    private static final int SHOWN_PROBLEMS = 10;

    private LabelFailures() {}

    /**
     * {@code folder} is the name of the folder in the source that has pictures but no labels and {@code files} are the
     * usual names of files with labels.
     */
    public static String unlabelled(String source, String folder, List<String> files) {
        return path(source + "/" + folder)
                + " has pictures but no class folders, and no file with their labels was found. Arrange the pictures as "
                + path(folder) + "/<class>/<picture>. For ImageNet, put " + String.join(" or ", files) + " into "
                + path(source) + ", or set prepare.ground-truth to its path.";
    }

    /** {@code more} says how many further pictures have no label. */
    public static String incomplete(String file, String folder, String picture, int more) {
        return path(file) + " has no label for " + quotedPath(picture)
                + (more > 0 ? " and " + count(more, "other picture", "other pictures") : "") + " in " + quoted(folder)
                + ". Use pictures and labels from the same release, or remove the unlabelled pictures.";
    }

    public static String noGroundTruth(String usualFile) {
        return "There are no labels for the validation pictures. Set prepare.ground-truth to " + usualFile
                + ", or put that file next to the archives.";
    }

    public static String kitNumbersWithoutIds(String file, String usualFile) {
        return path(file) + " uses the class numbers of the development kit, which differ from the class numbers of the"
                + " shards. Set prepare.synset-ids to " + usualFile
                + ", a file with one such number and its synset per line.";
    }

    public static String unknownKitNumber(String file, String number, String idsFile) {
        return path(file) + " has the class number " + quoted(number) + ", which is not in " + path(idsFile)
                + ". Use both files from the same release.";
    }

    public static String unnamedSynsets(String file, List<String> synsets) {
        return path(file) + " has no name for " + quoted(synsets)
                + ". Add a line for each, or remove prepare.synset-names.";
    }

    public static String incompleteOrder(List<String> synsets) {
        return "The synset list (prepare.synsets) does not contain " + quoted(synsets)
                + ". Complete the list, or remove it to number the classes in alphabetical order.";
    }

    /** {@code key} is relative to {@code prepare}. */
    public static String missingFile(String file, String key) {
        return path(file) + " does not exist. Correct prepare." + key + ".";
    }

    /** {@code origin} is the file or the setting that names the classes. */
    public static String notTenClasses(String origin, int classes) {
        return path(origin) + " names " + count(classes, "class", "classes")
                + ", but CIFAR-10 has 10. List all ten in the order of their numbers, or none.";
    }

    /** {@code problems} are whole sentences, each with its remedy. */
    public static String unusableClassNames(List<String> problems) {
        int more = problems.size() - SHOWN_PROBLEMS;
        return String.join(" ", problems.subList(0, Math.min(SHOWN_PROBLEMS, problems.size())))
                + (more > 0 ? " Rename " + count(more, "other class", "other classes") + " for the same reasons." : "");
    }

    public static String renameClass() {
        return "Rename the class in the source: its folder, or its line in the file that lists the names.";
    }

    /** {@code synset} is the class that the picture shows according to the ground truth. */
    public static String unknownClass(String picture, String synset, String archive) {
        return quoted(picture) + " has the class " + quoted(synset) + ", which is not in " + ShownText.start(archive)
                + ". Use archives and labels from the same release.";
    }
}
