package io.github.resnetspark.job.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class PictureTest {
    private static final Picture LINES = new Picture(
            "Errors <of> two & more",
            List.of(panel("left", Axis.linear("error (%)").between(0, 100)), panel("right", Axis.logarithmic("norm"))));

    private static final Picture MAP = new Picture(
            "A map",
            List.of(new HeatPanel(
                    "loss",
                    "first direction",
                    "second direction",
                    new double[] {-1, 0, 1},
                    new double[][] {{2, 1, 2}, {1, 0, 1}, {2, 1, 50}},
                    0,
                    2,
                    value -> String.format(Locale.ROOT, "%.1f", value))));

    @Test
    void anSvgHasItsTitleAndLabelsAsText() throws Exception {
        Document svg = parse(LINES.svg());

        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("Errors <of> two & more");
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo("left: error (%) over epoch, training, test; right: norm over epoch, training, test");
        assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThan(20);
        assertThat(parse(MAP.svg()).getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo("loss: columns are first direction, rows are second direction, colours from 0.0 to 2.0");
    }

    @Test
    void aPngHasTwoPixelsPerPixelOfTheDrawing() throws IOException {
        assertThat(png(LINES).getWidth()).isEqualTo(2 * 2 * 480);
        assertThat(png(LINES).getHeight()).isEqualTo(2 * 402);
        assertThat(png(MAP).getWidth()).isEqualTo(2 * 720);
    }

    @Test
    void titleAxesAndLegendAreDrawn() throws IOException {
        BufferedImage picture = png(LINES);

        // Above, below and to the left of the plot of each panel.
        for (int panel = 0; panel < 2; panel++) {
            int left = panel * 960;
            assertThat(dark(picture, left + 100, 0, 800, 70))
                    .as("title of panel %d", panel)
                    .isGreaterThan(100);
            assertThat(dark(picture, left, 100, 60, 500))
                    .as("y axis of panel %d", panel)
                    .isGreaterThan(100);
            assertThat(dark(picture, left + 100, 640, 800, 164))
                    .as("x axis and legend of panel %d", panel)
                    .isGreaterThan(200);
        }
    }

    @Test
    void bothLinesAreDrawnInTheirColours() throws IOException {
        BufferedImage picture = png(LINES);

        assertThat(of(Color.RED, picture)).isGreaterThan(200);
        assertThat(of(Color.BLUE, picture)).isGreaterThan(200);
    }

    @Test
    void aMapRangesFromDarkToLightAndClipsLargerValues() throws IOException {
        BufferedImage picture = png(MAP);

        // The centre is darkest. Three corners have the largest value of the scale, the fourth has a much larger one.
        int middle = of(HeatPanel.Viridis.at(0.5 / 12), picture);
        assertThat(middle).isGreaterThan(10_000);
        assertThat(of(HeatPanel.Viridis.at(11.5 / 12), picture)).isBetween(39 * middle / 10, 42 * middle / 10);
        assertThat(of(HeatPanel.Viridis.at(6.5 / 12), picture)).isBetween(39 * middle / 10, 42 * middle / 10);
    }

    private static LinePanel panel(String title, Axis y) {
        double[] x = {1, 2, 3};
        return new LinePanel(
                title,
                Axis.linear("epoch").onlyWhole(),
                y,
                List.of(
                        Line.dashed("training", x, new double[] {90, 50, 10}, Color.RED),
                        Line.solid("test", x, new double[] {80, 60, 50}, Color.BLUE)));
    }

    private static Document parse(byte[] svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    }

    private static BufferedImage png(Picture picture) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(picture.png()));
    }

    private static int dark(BufferedImage picture, int left, int top, int width, int height) {
        int count = 0;
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                Color color = new Color(picture.getRGB(x, y));
                count += color.getRed() + color.getGreen() + color.getBlue() < 200 ? 1 : 0;
            }
        }
        return count;
    }

    private static int of(Color wanted, BufferedImage picture) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                count += picture.getRGB(x, y) == wanted.getRGB() ? 1 : 0;
            }
        }
        return count;
    }
}
