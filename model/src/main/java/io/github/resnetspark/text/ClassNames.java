package io.github.resnetspark.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a class may be called. Names become lines of {@code labels.txt}, cells of tables and lines of logs, and other programs
 * read them there.
 */
public final class ClassNames {
    /** Longer than any name of ImageNet's by far, and than the name of a folder can be. */
    private static final int LONGEST = 500;

    private ClassNames() {}

    /**
     * A name with its letters composed (Unicode's NFC). Names are compared, and a keyboard or a file system may have taken letters
     * apart.
     */
    public static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** The same of each name. */
    public static List<String> composed(List<String> names) {
        return names.stream().map(ClassNames::composed).toList();
    }

    /**
     * Why names cannot be used, a sentence for each and one with what to do; empty if all can be.
     *
     * @param remedy where the names come from and what to change there
     */
    public static List<String> problems(List<String> names, String remedy) {
        List<String> problems = new ArrayList<>();
        for (int number = 0; number < names.size(); number++) {
            String name = names.get(number);
            String wrong = wrong(name);
            if (!wrong.isEmpty()) {
                String shown = ShownText.line(name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name);
                problems.add("Class " + number + " is called «" + shown + "», which " + wrong + ". " + remedy);
            }
        }
        return problems;
    }

    private static String wrong(String name) {
        if (name.isBlank()) {
            return "is blank";
        }
        if (!ShownText.isPlain(name)) {
            return "has a control character, a line break or a change of the direction of writing";
        }
        if (isBlank(name.codePointAt(0)) || isBlank(name.codePointBefore(name.length()))) {
            return "begins or ends with a blank";
        }
        return name.length() > LONGEST ? "is longer than " + LONGEST + " characters" : "";
    }

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
