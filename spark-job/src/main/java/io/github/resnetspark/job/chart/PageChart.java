package io.github.resnetspark.job.chart;

import static j2html.TagCreator.div;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.rawHtml;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon;

/**
 * A chart within a web page, drawn by Lets-Plot. Its colours are variables of the page's style, so that it follows light and dark.
 * It is drawn twice, for a wide and a narrow screen; the style shows one. The values at a place of the horizontal axis are shown
 * when the pointer is there.
 *
 * @param title above it
 * @param x title of the horizontal axis
 * @param y title of the vertical axis
 * @param curves at least one, with different names
 * @param form how the curves are drawn
 */
public record PageChart(String title, String x, String y, List<Curve> curves, Form form) {
    private static final int WIDE = 900;
    private static final int NARROW = 370;
    private static final int HEIGHT = 300;
    /** A reader cannot point at more places than that. */
    private static final int MOST_STRIPS = 150;
    /** As many as the page's style has. */
    private static final int COLOURS = 8;

    private static final double HEADROOM = 0.06;
    private static final double SMALLEST = 1e-9;

    private static final String INK = "#FD0301";
    private static final String GRID = "#FD0302";
    private static final String STRIP = "#FD0303";
    private static final String DRAWN_STRIP = "rgb(253,3,3)";
    /** Lets-Plot fills the keys of legends with it, which would shine in the dark. */
    private static final String BACKGROUND = "rgb(255,255,255)";

    private static final Pattern MARKER = Pattern.compile("rgb\\(253,([0-9]+),([0-9]+)\\)");

    public PageChart {
        curves = List.copyOf(curves);
        if (curves.isEmpty()) {
            throw new IllegalArgumentException("a chart of nothing");
        }
    }

    /** How curves are drawn. */
    public enum Form {
        /** As lines. */
        LINES,
        /** As lines, from 0 upwards. */
        LINES_FROM_ZERO,
        /** As areas, each on top of those before it. All curves have the same places. */
        STACKED
    }

    /**
     * Values over places.
     *
     * @param name in the legend
     * @param x places, rising
     * @param y the same number, finite
     */
    @SuppressWarnings("ArrayRecordComponent") // Points on the way to the chart; compared by nobody.
    public record Curve(String name, double[] x, double[] y) {}

    /** The chart with its title. */
    public DomContent html() {
        return figure(
                figcaption(title),
                div(rawHtml(svg(WIDE))).withClass("wide"),
                div(rawHtml(svg(NARROW))).withClass("narrow"));
    }

    /** The chart as an SVG element of a width in pixels. */
    String svg(int width) {
        List<Strip> strips = strips();
        return PageSvg.rewrite(
                PlotSvgExportCommon.INSTANCE.buildSvgImageFromRawSpecs(
                        specification(width, strips), null, (columns, rows, pixels) -> "", false),
                description(),
                title.replaceAll("[^A-Za-z0-9]+", "-") + "-" + width,
                value -> MARKER.matcher(value.equals(BACKGROUND) ? "none" : value)
                        .replaceAll(PageChart::variable),
                DRAWN_STRIP,
                strips.stream().map(Strip::hint).toList());
    }

    private String description() {
        return title + ": " + y + " over " + x + ", "
                + curves.stream().map(Curve::name).collect(Collectors.joining(", "));
    }

    private static String variable(MatchResult colour) {
        int number = Integer.parseInt(colour.group(2));
        return switch (Integer.parseInt(colour.group(1))) {
            case 3 -> number == 1 ? "var(--ink)" : "var(--grid)";
            default -> "var(--series-" + number + ")";
        };
    }

    private Map<String, Object> specification(int width, List<Strip> strips) {
        boolean stacked = form == Form.STACKED;
        List<Object> places = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        List<Object> names = new ArrayList<>();
        List<Object> order = new ArrayList<>();
        List<Object> colours = new ArrayList<>();
        for (int number = 0; number < curves.size(); number++) {
            Curve curve = curves.get(number);
            for (int point = 0; point < curve.x().length; point++) {
                places.add(curve.x()[point]);
                values.add(curve.y()[point]);
                names.add(curve.name());
            }
            order.add(curve.name());
            colours.add(String.format(Locale.ROOT, "#FD04%02X", number % COLOURS));
        }
        Map<String, Object> layer = map(
                "geom",
                stacked ? "area" : "line",
                "mapping",
                map("x", "x", "y", "y", stacked ? "fill" : "color", "name"),
                "sampling",
                "none",
                "tooltips",
                "none",
                "size",
                stacked ? 0.0 : 1.2);
        if (stacked) {
            layer.put("position", "stack");
            layer.put("alpha", 1.0);
            // Only the keys of the legend have a border, which would be blue.
            layer.put("color", GRID);
        }
        return map(
                "kind",
                "plot",
                "data",
                map("x", places, "y", values, "name", names),
                "layers",
                strips.isEmpty() ? list(layer) : list(layer, stripLayer(strips)),
                "scales",
                list(
                        map("aesthetic", stacked ? "fill" : "color", "values", colours, "limits", order),
                        map(
                                "aesthetic",
                                "x",
                                "name",
                                x,
                                "expand",
                                list(0.0, 0.0),
                                "limits",
                                list(left(), extreme(Curve::x, 1))),
                        map("aesthetic", "y", "name", y, "expand", list(0.0, 0.0))),
                "theme",
                map(
                        "name", "none",
                        "legend_position", curves.size() > 1 ? "bottom" : "none",
                        "legend_direction", width < WIDE ? "vertical" : "horizontal",
                        "legend_title", "blank",
                        "plot_background", "blank",
                        "panel_background", "blank",
                        "panel_border", "blank",
                        "legend_background", "blank",
                        "panel_grid_minor", "blank",
                        "panel_grid_major", map("name", "line", "color", GRID, "size", 0.6),
                        "axis_line", "blank",
                        "axis_ticks", "blank",
                        "text", map("name", "text", "color", INK)),
                "ggsize",
                map("width", width, "height", HEIGHT));
    }

    /** Invisible, one for each place that the pointer can be at. */
    private Map<String, Object> stripLayer(List<Strip> strips) {
        double least = bottom();
        double most = top();
        return map(
                "geom",
                "rect",
                "data",
                map(
                        "from",
                                strips.stream()
                                        .map(strip -> (Object) strip.from())
                                        .collect(Collectors.toList()),
                        "to", strips.stream().map(strip -> (Object) strip.to()).collect(Collectors.toList()),
                        "least", strips.stream().map(strip -> (Object) least).collect(Collectors.toList()),
                        "most", strips.stream().map(strip -> (Object) most).collect(Collectors.toList())),
                "mapping",
                map("xmin", "from", "xmax", "to", "ymin", "least", "ymax", "most"),
                "fill",
                STRIP,
                "size",
                0.0,
                "alpha",
                1.0,
                "sampling",
                "none",
                "tooltips",
                "none",
                "show_legend",
                false,
                "inherit_aes",
                false);
    }

    private double bottom() {
        return form == Form.LINES ? extreme(Curve::y, -1) : 0;
    }

    /** With some room above the highest point. */
    private double top() {
        double highest = form == Form.STACKED
                ? IntStream.range(0, curves.get(0).x().length)
                        .mapToDouble(point -> curves.stream()
                                .mapToDouble(curve -> curve.y()[point])
                                .sum())
                        .max()
                        .orElse(0)
                : extreme(Curve::y, 1);
        double height = highest > bottom() ? highest - bottom() : Math.max(SMALLEST, Math.abs(highest));
        return highest + HEADROOM * height;
    }

    /** The start of the horizontal axis: 0, unless all places are far from it. */
    private double left() {
        double least = extreme(Curve::x, -1);
        return least < extreme(Curve::x, 1) / 2 ? Math.min(0, least) : least;
    }

    /** @param sign 1 for the largest, -1 for the smallest */
    private double extreme(Function<Curve, double[]> values, int sign) {
        return sign
                * curves.stream()
                        .flatMapToDouble(curve -> Arrays.stream(values.apply(curve)))
                        .map(value -> sign * value)
                        .max()
                        .orElse(0);
    }

    /**
     * A part of the horizontal axis.
     *
     * @param hint what is there
     */
    private record Strip(double from, double to, String hint) {}

    private List<Strip> strips() {
        TreeSet<Double> all = new TreeSet<>();
        curves.forEach(curve -> Arrays.stream(curve.x()).forEach(all::add));
        List<Double> sorted = List.copyOf(all);
        int every = Math.max(1, (sorted.size() + MOST_STRIPS - 1) / MOST_STRIPS);
        List<Double> places = IntStream.range(0, sorted.size())
                .filter(index -> index % every == 0 || index == sorted.size() - 1)
                .mapToObj(sorted::get)
                .toList();
        List<Strip> strips = new ArrayList<>();
        for (int index = 0; index < places.size(); index++) {
            double place = places.get(index);
            double from = index == 0 ? place : (places.get(index - 1) + place) / 2;
            double to = index == places.size() - 1 ? place : (place + places.get(index + 1)) / 2;
            if (from < to) {
                strips.add(new Strip(from, to, hint(place)));
            }
        }
        return strips;
    }

    private String hint(double place) {
        return x + " " + number(place) + "\n"
                + curves.stream()
                        .filter(curve -> curve.x().length > 0)
                        .map(curve -> curve.name() + " " + number(curve.y()[nearest(curve.x(), place)]))
                        .collect(Collectors.joining("\n"));
    }

    private static int nearest(double[] places, double place) {
        int found = Arrays.binarySearch(places, place);
        if (found >= 0) {
            return found;
        }
        int after = Math.min(places.length - 1, -found - 1);
        int before = Math.max(0, after - 1);
        return place - places[before] <= places[after] - place ? before : after;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value)
                .replaceFirst("(\\.[0-9]*?)0+$", "$1")
                .replaceFirst("\\.$", "");
    }

    /** What Lets-Plot takes, which may change it. */
    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new HashMap<>();
        for (int index = 0; index < keysAndValues.length; index += 2) {
            map.put((String) keysAndValues[index], keysAndValues[index + 1]);
        }
        return map;
    }

    private static List<Object> list(Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }
}
