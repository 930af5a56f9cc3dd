package io.github.resnetspark.job.analyze;

import io.github.resnetspark.analysis.BlockGradient;
import io.github.resnetspark.job.analyze.AnalyzedNetwork.Kind;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Gradients as a table and as a summary in words. */
final class GradientsText {
    private GradientsText() {}

    /** {@code gradients.csv}: one line for every network, step and block. */
    static String table(List<GradientSnapshot> snapshots) {
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

    /** Empty if it is not known. */
    private static String known(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6g", value);
    }

    /** What they show. */
    static String paragraph(int depth, List<GradientSnapshot> snapshots) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Norms of the gradient of the mean loss of one minibatch at the blocks of %s and %s, with the"
                        + " same data and learning rate. Means are geometric.",
                Kind.PLAIN.name(depth),
                Kind.RESIDUAL.name(depth)));
        List<GradientSnapshot> plain = of(Kind.PLAIN, snapshots);
        List<GradientSnapshot> residual = of(Kind.RESIDUAL, snapshots);
        for (int i = 0; i < plain.size(); i++) {
            text.append(' ').append(atOneStep(plain.get(i), residual.get(i)));
        }
        return text.append(' ').append(products(plain.get(0), residual.get(0))).toString();
    }

    private static List<GradientSnapshot> of(Kind kind, List<GradientSnapshot> snapshots) {
        return snapshots.stream().filter(snapshot -> snapshot.kind() == kind).toList();
    }

    private static String atOneStep(GradientSnapshot plain, GradientSnapshot residual) {
        double inputs = plain.mean(1, BlockGradient::atInput) / residual.mean(1, BlockGradient::atInput);
        double weights = plain.mean(1, BlockGradient::ofWeights) / residual.mean(1, BlockGradient::ofWeights);
        return String.format(
                Locale.ROOT,
                "%s the first stage's gradient is %s in the plain network at the blocks' inputs, and %s at their weights"
                        + " (losses %.2f and %.2f).",
                plain.step() == 0 ? "At the start" : "After " + plain.step() + " steps",
                compared(inputs),
                compared(weights),
                plain.loss(),
                residual.loss());
    }

    /** Such as {@code 120 times as large (2.1 orders of magnitude above)}. */
    private static String compared(double ratio) {
        if (!Double.isFinite(ratio) || ratio <= 0) {
            return "not a number";
        }
        return String.format(
                Locale.ROOT,
                "%.3g times as large (%.1f orders of magnitude %s)",
                ratio,
                Math.abs(Math.log10(ratio)),
                ratio >= 1 ? "above" : "below");
    }

    private static String products(GradientSnapshot plain, GradientSnapshot residual) {
        int blocks = plain.blocks().size();
        // In some pre-activation blocks both paths start after one shared activation.
        int known = (int) residual.blocks().stream()
                .filter(block -> !Double.isNaN(block.branchGain()))
                .count();
        return String.format(
                Locale.ROOT,
                "The factors at the start: on the way back, one block multiplies the length of the gradient by %.3f in the plain"
                        + " network and by %.3f in the residual one. All %d blocks multiply it by %.3g and %.3g. Without the"
                        + " skip connections, the convolutions of the residual network would multiply it by %.3f per block, and"
                        + " by %.3g in %s. The difference is the identity that a skip connection adds to each Jacobian.",
                mean(plain, BlockGradient::gain),
                mean(residual, BlockGradient::gain),
                blocks,
                Math.pow(mean(plain, BlockGradient::gain), blocks),
                Math.pow(mean(residual, BlockGradient::gain), blocks),
                mean(residual, BlockGradient::branchGain),
                Math.pow(mean(residual, BlockGradient::branchGain), known),
                known == blocks
                        ? "all"
                        : "the " + known + " blocks whose convolutions can be separated from the skip connection");
    }

    /** The geometric mean over the blocks with a known value. */
    private static double mean(GradientSnapshot snapshot, ToDoubleFunction<BlockGradient> value) {
        return Math.exp(snapshot.blocks().stream()
                .mapToDouble(value)
                .filter(factor -> !Double.isNaN(factor))
                .map(Math::log)
                .average()
                .orElse(Double.NaN));
    }
}
