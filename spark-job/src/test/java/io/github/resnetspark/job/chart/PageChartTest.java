package io.github.resnetspark.job.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.chart.PageChart.Curve;
import io.github.resnetspark.job.chart.PageChart.Form;
import java.io.StringReader;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PageChartTest {
    private static final double[] PLACES =
            IntStream.rangeClosed(1, 10).mapToDouble(i -> i).toArray();

    @ParameterizedTest
    @EnumSource
    void everyValueIsShownWherePointersAre(Form form) throws Exception {
        Document svg = svg(chart(form, "training", "validation"));

        NodeList hints = svg.getElementsByTagName("title");

        assertThat(hints.getLength()).isEqualTo(10);
        assertThat(hints.item(0).getTextContent()).isEqualTo("epochs 1\ntraining 2\nvalidation 3");
        assertThat(hints.item(9).getTextContent()).isEqualTo("epochs 10\ntraining 20\nvalidation 30");
        assertThat(hints.item(0).getParentNode().getNodeName()).isEqualTo("rect");
    }

    @ParameterizedTest
    @EnumSource
    void coloursAreThoseOfThePage(Form form) {
        String svg = chart(form, "training", "validation").svg(900);

        assertThat(svg)
                .contains("var(--series-0)", "var(--series-1)", "var(--grid)")
                .doesNotContain("rgb(253", "rgb(255,255,255)", "<style", "#FD");
    }

    @Test
    void twoChartsOfAPageHaveDifferentIds() {
        assertThat(ids(chart(Form.LINES, "a", "b").svg(900)))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(ids(chart(Form.LINES, "a", "b").svg(370)));
    }

    @Test
    void namesAreTextAndNeverMarkup() throws Exception {
        String name = "<script>alert(1)</script> & \"x\"";

        Document svg = svg(chart(Form.LINES, name, "b"));

        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).contains(name);
        assertThat(svg.getDocumentElement().getAttribute("aria-label")).contains(name);
    }

    @Test
    void aFlatLineAndASinglePointAreDrawn() {
        assertThat(new PageChart(
                                "Flat",
                                "epochs",
                                "nats",
                                List.of(new Curve("a", new double[] {1, 2}, new double[] {0, 0})),
                                Form.LINES_FROM_ZERO)
                        .svg(900))
                .startsWith("<svg");
        assertThat(new PageChart(
                                "Point",
                                "epochs",
                                "nats",
                                List.of(new Curve("a", new double[] {1}, new double[] {5})),
                                Form.LINES)
                        .svg(900))
                .startsWith("<svg");
    }

    private static List<String> ids(String svg) {
        return java.util.regex.Pattern.compile(" id=\"([^\"]*)\"")
                .matcher(svg)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static PageChart chart(Form form, String first, String second) {
        return new PageChart(
                "Loss",
                "epochs",
                "nats",
                List.of(new Curve(first, PLACES, times(2)), new Curve(second, PLACES, times(3))),
                form);
    }

    private static double[] times(double factor) {
        return DoubleStream.of(PLACES).map(place -> factor * place).toArray();
    }

    private static Document svg(PageChart chart) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(chart.svg(900))));
    }
}
