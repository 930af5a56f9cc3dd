package io.github.resnetspark.job.analyze;

import io.github.resnetspark.analysis.BlockGradient;
import java.util.List;
import java.util.Locale;

/** {@code gradients.csv}: one line for every network, step and block. */
final class GradientsTable {
    private GradientsTable() {}

    static String of(List<GradientSnapshot> snapshots) {
        StringBuilder csv = new StringBuilder(
                "network,step,loss,block,stage,input_gradient,output_gradient,weight_gradient,gain,branch_gain\n");
        for (GradientSnapshot snapshot : snapshots) {
            for (BlockGradient block : snapshot.blocks()) {
                csv.append(String.format(
                        Locale.ROOT,
                        "%s,%d,%.6g,%s,%d,%.6g,%.6g,%.6g,%.6g,%s%n",
                        snapshot.kind().word(),
                        snapshot.step(),
                        snapshot.loss(),
                        block.name(),
                        block.stage(),
                        block.atInput(),
                        block.atOutput(),
                        block.ofWeights(),
                        block.gain(),
                        known(block.branchGain())));
            }
        }
        return csv.toString();
    }

    /** Empty where it is not known. */
    private static String known(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6g", value);
    }
}
