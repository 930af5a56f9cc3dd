package io.github.resnetspark.job.analyze;

import io.github.resnetspark.job.analyze.AnalyzedNetwork.Kind;
import io.github.resnetspark.job.analyze.ErrorCurve.EpochErrors;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The errors of networks as a table and as a summary in words. */
final class DegradationText {
    /** A difference of this many points is within the noise of one seed and a sample of a few thousand pictures. */
    private static final double LEVEL = 1;

    private DegradationText() {}

    /** {@code degradation.csv}: one line for every network and epoch. */
    static String table(List<ErrorCurve> curves) {
        StringBuilder csv = new StringBuilder("network,depth,epoch,training_error,test_error,training_loss\n");
        for (ErrorCurve curve : curves) {
            for (EpochErrors errors : curve.epochs()) {
                csv.append(String.format(
                        Locale.ROOT,
                        "%s,%d,%d,%.6f,%.6f,%.6f%n",
                        curve.kind().word(),
                        curve.depth(),
                        errors.epoch(),
                        errors.trainingError(),
                        errors.testError(),
                        errors.trainingLoss()));
            }
        }
        return csv.toString();
    }

    /** What they show. */
    static String paragraph(List<ErrorCurve> curves) {
        StringBuilder text = new StringBuilder(
                        "All networks were trained with one recipe and differ only in depth and skip connections.")
                .append(" The errors are those after epoch ")
                .append(epochs(curves))
                .append('.');
        for (Kind kind : Kind.values()) {
            List<ErrorCurve> ofKind = curves.stream()
                    .filter(curve -> curve.kind() == kind)
                    .sorted(Comparator.comparingInt(ErrorCurve::depth))
                    .toList();
            for (int deeper = 1; deeper < ofKind.size(); deeper++) {
                text.append(' ').append(comparison(ofKind.get(deeper - 1), ofKind.get(deeper)));
            }
        }
        return text.toString();
    }

    /** One number, or one for each network if some stopped early. */
    private static String epochs(List<ErrorCurve> curves) {
        int first = curves.get(0).last().epoch();
        return curves.stream().allMatch(curve -> curve.last().epoch() == first)
                ? Integer.toString(first)
                : curves.stream()
                        .map(curve -> curve.last().epoch() + " of " + curve.name())
                        .collect(Collectors.joining(", "));
    }

    private static String comparison(ErrorCurve shallow, ErrorCurve deep) {
        double gap = 100 * (deep.last().trainingError() - shallow.last().trainingError());
        return String.format(
                Locale.ROOT,
                "%s has a training error of %.1f %% and %s one of %.1f %%, %s%s Their test errors are %.1f %% and %.1f %%.",
                shallow.name(),
                100 * shallow.last().trainingError(),
                deep.name(),
                100 * deep.last().trainingError(),
                gap == 0
                        ? "the same"
                        : String.format(Locale.ROOT, "%.1f points %s", Math.abs(gap), gap > 0 ? "more" : "less"),
                meaning(deep.kind(), gap),
                100 * shallow.last().testError(),
                100 * deep.last().testError());
    }

    private static String meaning(Kind kind, double gap) {
        if (kind == Kind.PLAIN) {
            return gap > LEVEL
                    ? ": the deeper network fits the training pictures worse. This is the degradation problem, not overfitting."
                    : ": there is no degradation at these depths and this length of training.";
        }
        if (gap > LEVEL) {
            return ": at this length of training, the deeper residual network is worse too.";
        }
        return gap < -LEVEL
                ? ": with skip connections the deeper network fits the training pictures better."
                : ": with skip connections the deeper network fits the training pictures equally well: another seed may"
                        + " change the error by as much.";
    }
}
