package io.github.resnetspark.message.model;

import io.github.resnetspark.text.ShownText;
import java.util.List;
import java.util.stream.Stream;

/** What is wrong with a {@code preprocessing.json}. Every message begins with the file. */
public final class PreprocessingFailures {
    private static final String EXPORT = " Export the model again.";
    private static final String EXPORT_HERE = " Export the model again with this release.";

    private PreprocessingFailures() {}

    public static String newerFormat(String file, int version, int newest) {
        return file + " has format version " + version + ", but this release reads versions up to " + newest
                + ". Use a newer release.";
    }

    public static String notAnObject(String file) {
        return file + " is not a JSON object." + EXPORT;
    }

    public static String notJson(String file, int line) {
        return file + " is not valid JSON (line " + line + ")." + EXPORT;
    }

    public static String fields(String file, List<String> missing, List<String> unknown) {
        return listed(
                file,
                Stream.concat(
                                missing.stream().map(name -> name + " is missing"),
                                unknown.stream().map(name -> ShownText.start(name) + " is unknown"))
                        .toList());
    }

    /**
     * Fields with values that this release does not support.
     *
     * @param differences each from {@link FileReasons#unsupportedField}
     */
    public static String unsupportedSteps(String file, List<String> differences) {
        return listed(file, differences);
    }

    /**
     * Values that are out of range.
     *
     * @param problem whole sentences
     */
    public static String invalidFigures(String file, String problem) {
        return file + ": " + problem + EXPORT_HERE;
    }

    private static String listed(String file, List<String> problems) {
        return file + ": " + ShownText.first(problems) + "." + EXPORT_HERE;
    }
}
