package io.github.resnetspark.job.chart;

import java.util.regex.Pattern;

/** Makes an SVG document smaller, and adds text: letters are drawn as outlines, which screen readers cannot read. */
final class SvgText {
    private static final String ROOT = "<svg";

    /** A precision of a hundredth of a pixel is enough. */
    private static final Pattern DIGITS_TOO_MANY = Pattern.compile("([0-9]\\.[0-9]{2})[0-9]+");

    private SvgText() {}

    /**
     * The document with a title and a description at the start of its root, coordinates with two decimals, and without its DOCTYPE,
     * which a strict reader would fetch over the network.
     */
    static String labelled(String svg, String title, String description) {
        int root = svg.indexOf(ROOT);
        int content = svg.indexOf('>', root) + 1;
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + svg.substring(root, content)
                + "<title>" + escaped(title) + "</title><desc>" + escaped(description) + "</desc>"
                + DIGITS_TOO_MANY
                        .matcher(svg.substring(content))
                        .replaceAll("$1")
                        .replace(">\n", ">")
                        .replaceAll("\n *<", "<");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
