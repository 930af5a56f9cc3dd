package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.count;
import static io.github.resnetspark.message.data.Wording.quoted;

import io.github.resnetspark.text.ShownText;
import java.util.List;

/** What is wrong with a source or its archives, and what of it is skipped, as parts of other messages. */
public final class SourceReasons {
    private SourceReasons() {}

    public static String sameSplit(List<String> folders, String split) {
        return String.join(" and ", folders.stream().map(Wording::quoted).toList()) + " may both be the " + split
                + " split";
    }

    public static String brokenLink(String name) {
        return quoted(name) + " is a broken link";
    }

    public static String noClassFolders(String folder) {
        return quoted(folder) + " has no class folders";
    }

    public static String emptyClass(String className, String folder) {
        return "class " + quoted(className) + " has no pictures in " + quoted(folder);
    }

    public static String onlyInValidation(String className, String folder) {
        return "class " + quoted(className) + " has a validation folder but no folder in " + quoted(folder);
    }

    public static String notInLabels(String folder) {
        return quoted(folder) + " is not in prepare.labels";
    }

    public static String noSynsetArchive(String synset) {
        return "there is no archive for " + quoted(synset);
    }

    public static String partialRecord(String file, long bytes, int recordBytes) {
        return ShownText.start(file) + " has " + bytes + " bytes, which is not a multiple of the record length "
                + recordBytes;
    }

    public static String recordLabel(String file, int record, int label) {
        return "record " + record + " of " + ShownText.start(file) + " has the label " + label
                + ", which is outside 0 to 9";
    }

    public static String truncated() {
        return "the file is truncated";
    }

    public static String noEndMarker() {
        return "the file is truncated: its end marker is missing";
    }

    public static String noFiles() {
        return "it contains no files";
    }

    public static String tooManyEntries(int most) {
        return "it has more than " + most + " entries";
    }

    public static String entryBeyondEnd(String entry) {
        return quoted(entry) + " extends beyond the end of the archive";
    }

    public static String headerTooLong(int most) {
        return "the header of an entry is longer than " + most + " bytes";
    }

    public static String entryTooLong(String entry, long bytes) {
        return quoted(entry) + " has more than " + bytes + " bytes";
    }

    public static String entryTooShort(String entry, long found, long bytes) {
        return quoted(entry) + " has only " + found + " of " + bytes + " bytes";
    }

    public static String hiddenFiles(long count) {
        return count(count, "hidden file", "hidden files");
    }

    public static String hiddenFolders(long count) {
        return count(count, "hidden folder", "hidden folders");
    }

    /** {@code extensions} are the most frequent ones with their counts, such as {@code .txt 2}. */
    public static String notPictures(long count, List<String> extensions, boolean hasMore) {
        return count(count, "file that is not a picture", "files that are not pictures") + " ("
                + String.join(", ", extensions) + (hasMore ? ", and others" : "") + ")";
    }

    public static String noExtension() {
        return "no extension";
    }

    public static String outsideClasses(long count) {
        return count(count, "picture outside the class folders", "pictures outside the class folders");
    }

    public static String repeated(long count) {
        return count(
                count,
                "link to a file or folder that is already read",
                "links to files or folders that are already read");
    }

    public static String deadLinks(long count) {
        return count(count, "broken link", "broken links");
    }
}
