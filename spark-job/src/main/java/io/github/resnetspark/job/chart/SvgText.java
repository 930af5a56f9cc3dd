package io.github.resnetspark.job.chart;

/** Adds text to an SVG document: letters are drawn as outlines, which neither a screen reader nor a search can read. */
final class SvgText {
    private static final String ROOT = "<svg";

    private SvgText() {}

    /**
     * The document with a title and a description at the start of its root, and without its DOCTYPE, for which a strict
     * reader would go to the network.
     */
    static String labelled(String svg, String title, String description) {
        int root = svg.indexOf(ROOT);
        int content = svg.indexOf('>', root) + 1;
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + svg.substring(root, content)
                + "<title>" + escaped(title) + "</title><desc>" + escaped(description) + "</desc>"
                + svg.substring(content);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
