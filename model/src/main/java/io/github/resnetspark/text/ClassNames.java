package io.github.resnetspark.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules for class names. Names become lines of {@code labels.txt}, cells of tables and parts of log lines, and other programs read
 * them there.
 */
public final class ClassNames {
    /** Much longer than any class name of ImageNet, and longer than the name of a directory can be. */
    private static final int LONGEST = 500;

    private ClassNames() {}

    /**
     * The name in Unicode's composed form (NFC). Names are compared, and some keyboards and file systems use the decomposed form.
     */
    public static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** All names in composed form. */
    public static List<String> composed(List<String> names) {
        return names.stream().map(ClassNames::composed).toList();
    }

    /**
     * One message for each invalid name; empty if all names are valid.
     *
     * @param remedy a sentence that says where to change the names
     */
    public static List<String> problems(List<String> names, String remedy) {
        List<String> problems = new ArrayList<>();
        for (int number = 0; number < names.size(); number++) {
            String name = names.get(number);
            String wrong = wrong(name);
            if (!wrong.isEmpty()) {
                String shown = ShownText.line(name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name);
                problems.add("Class " + number + " has the name '" + shown + "', which " + wrong + ". " + remedy);
            }
        }
        return problems;
    }

    private static String wrong(String name) {
        if (name.isBlank()) {
            return "is blank";
        }
        if (!ShownText.isPlain(name)) {
            return "contains a control character, a line break or a change of writing direction";
        }
        if (isBlank(name.codePointAt(0)) || isBlank(name.codePointBefore(name.length()))) {
            return "starts or ends with a blank";
        }
        return name.length() > LONGEST ? "is longer than " + LONGEST + " characters" : "";
    }

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
