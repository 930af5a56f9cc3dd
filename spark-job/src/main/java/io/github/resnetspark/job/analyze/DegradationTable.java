package io.github.resnetspark.job.analyze;

import java.util.List;
import java.util.Locale;

/** {@code degradation.csv}: one line for every network and epoch. */
final class DegradationTable {
    private DegradationTable() {}

    static String of(List<ErrorCurve> curves) {
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
}
