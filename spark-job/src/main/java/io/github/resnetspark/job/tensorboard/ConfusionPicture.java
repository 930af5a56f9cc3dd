package io.github.resnetspark.job.tensorboard;

import io.github.resnetspark.job.chart.HeatPanel.Viridis;
import io.github.resnetspark.job.evaluate.ConfusionMatrix;
import io.github.resnetspark.job.evaluate.EvaluationReport;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * A confusion matrix as a PNG: a row for each actual class and a column for each predicted one. The colour is the share
 * of the row, from dark (0) to light (1).
 *
 * @param size width and height in pixels
 * @param png the encoded picture
 */
@SuppressWarnings("ArrayRecordComponent") // On the way to the file; compared by nobody.
record ConfusionPicture(int size, byte[] png) {
    /** With more, a class would be less than a pixel on most screens. */
    private static final int MOST_CLASSES = 1000;

    private static final int SIDE = 500;

    /** Empty if there are too many classes. */
    static Optional<ConfusionPicture> of(EvaluationReport evaluation) throws IOException {
        int classes = evaluation.labels().size();
        if (classes > MOST_CLASSES) {
            return Optional.empty();
        }
        int cell = Math.max(1, SIDE / classes);
        BufferedImage picture = new BufferedImage(cell * classes, cell * classes, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Viridis.at(0));
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        List<ConfusionMatrix.ClassCounts> rows = evaluation.classes();
        for (Map.Entry<ConfusionMatrix.Cell, Long> entry :
                evaluation.counts().confusion().cells().entrySet()) {
            ConfusionMatrix.Cell at = entry.getKey();
            Color color =
                    Viridis.at((double) entry.getValue() / rows.get(at.actual()).examples());
            graphics.setColor(color);
            graphics.fillRect(at.predicted() * cell, at.actual() * cell, cell, cell);
        }
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        return Optional.of(new ConfusionPicture(picture.getWidth(), png.toByteArray()));
    }
}
