package io.github.resnetspark.bundle;

import io.github.resnetspark.text.ShownText;

/** Texts from outside, such as the names of classes, inside Markdown: on one line, and each character as it is. */
public final class MarkdownText {
    /** What CommonMark and its tables give a meaning inside a line; any of them may follow a backslash. */
    private static final String MEANINGFUL = "\\`*_~[]<>|&#!$";

    private MarkdownText() {}

    /** The Markdown that shows a text, in a cell of a table too. */
    public static String of(String text) {
        String line = ShownText.line(text);
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (MEANINGFUL.indexOf(character) >= 0 || beginsAList(line, i)) {
                escaped.append('\\');
            }
            escaped.append(character);
        }
        return escaped.toString();
    }

    private static boolean beginsAList(String line, int position) {
        return switch (line.charAt(position)) {
            case '-', '+', '=' -> position == 0;
            case '.', ')' ->
                line.substring(0, position).matches("[0-9]+")
                        && (position + 1 == line.length() || line.charAt(position + 1) == ' ');
            default -> false;
        };
    }
}
