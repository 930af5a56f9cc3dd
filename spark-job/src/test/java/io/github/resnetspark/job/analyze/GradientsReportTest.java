package io.github.resnetspark.job.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.analysis.BlockGradient;
import io.github.resnetspark.job.analyze.AnalyzedNetwork.Kind;
import io.github.resnetspark.job.chart.LinePanel;
import io.github.resnetspark.job.chart.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Gradients of zero, and branches that cannot be separated from their skip connection. */
class GradientsReportTest {
    private static final List<GradientSnapshot> SNAPSHOTS = List.of(
            snapshot(Kind.PLAIN, block(1, 0, 1, 0), block(2, 1, 4, 1), block(3, 4, 8, 4)),
            snapshot(Kind.RESIDUAL, block(1, 8, 4, 4), block(2, 4, 2, Double.NaN), block(3, 2, 1, 0.25)));

    @Test
    void anUnknownBranchGainIsAnEmptyCell() {
        assertThat(GradientsText.table(SNAPSHOTS).lines())
                .contains(
                        "residual,0,2.30000,stage1-block1,1,8.00000,4.00000,0.500000,2.00000,1.00000",
                        "residual,0,2.30000,stage2-block1,2,4.00000,2.00000,0.500000,2.00000,");
    }

    @Test
    void anUnknownBranchGainIsLeftOutOfTheMeanAndTheProduct() {
        // √(1 · 0.25) and 1 · 0.25.
        assertThat(GradientsText.paragraph(8, SNAPSHOTS))
                .endsWith(
                        "Without the skip connections, the convolutions of the residual network would multiply it by 0.500 per"
                                + " block, and by 0.250 in the 2 blocks whose convolutions can be separated from the skip"
                                + " connection. The difference is the identity that a skip connection adds to each Jacobian.");
    }

    @Test
    void valuesThatALogarithmicAxisCannotShowAreGaps() throws IOException {
        Picture norms = GradientsPicture.norms(8, SNAPSHOTS);
        Picture jacobians = GradientsPicture.jacobians(8, SNAPSHOTS);

        assertThat(line(norms, 0, 0)).containsExactly(Double.NaN, 1, 4);
        // The plain network's products end at its zero gradient, those of the branches at the unknown gain.
        assertThat(line(jacobians, 1, 0)).containsExactly(Double.NaN, 0.125, 0.5);
        assertThat(line(jacobians, 1, 1)).containsExactly(8, 4, 2);
        assertThat(line(jacobians, 1, 2)).containsExactly(Double.NaN, Double.NaN, 0.25);
        for (Picture picture : List.of(norms, jacobians)) {
            assertThat(new String(picture.svg(), StandardCharsets.UTF_8)).contains("</svg>");
            assertThat(ImageIO.read(new ByteArrayInputStream(picture.png())).getWidth())
                    .isEqualTo(1920);
        }
    }

    private static double[] line(Picture picture, int panel, int line) {
        return ((LinePanel) picture.panels().get(panel)).lines().get(line).y();
    }

    private static GradientSnapshot snapshot(Kind kind, BlockGradient... blocks) {
        return new GradientSnapshot(kind, 0, 2.3, List.of(blocks));
    }

    private static BlockGradient block(int stage, double atInput, double atOutput, double throughBranch) {
        return new BlockGradient("stage" + stage + "-block1", stage, atInput, atOutput, throughBranch, 0.5);
    }
}
