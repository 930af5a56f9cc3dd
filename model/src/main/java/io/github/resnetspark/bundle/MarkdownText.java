package io.github.resnetspark.bundle;

import io.github.resnetspark.text.ShownText;

/** Escapes untrusted text, such as class names, for Markdown: one line in which every character is shown literally. */
public final class MarkdownText {
    /**
     * Characters with a meaning inside a line of CommonMark or a table. All of them may be escaped with a backslash.
     */
    private static final String MEANINGFUL = "\\`*_~[]<>|&#!$";

    private MarkdownText() {}

    /** The Markdown that shows a text. It is safe in a table cell. */
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
