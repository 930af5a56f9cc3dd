package io.github.resnetspark.job.promote;

import io.github.resnetspark.job.evaluate.Calibration;
import io.github.resnetspark.job.evaluate.ChangedPictures;
import io.github.resnetspark.job.evaluate.ConfusionMatrix;
import io.github.resnetspark.job.evaluate.ConfusionMatrix.Cell;
import io.github.resnetspark.job.evaluate.EvaluationCounts;
import io.github.resnetspark.job.evaluate.EvaluationReport;
import io.github.resnetspark.job.evaluate.EvaluationReport.EvaluatedData;
import io.github.resnetspark.job.evaluate.Guesses;
import io.github.resnetspark.job.evaluate.NotablePictures;
import io.github.resnetspark.job.evaluate.RivalEvaluation;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.shard.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Made-up evaluation reports. */
final class Reports {
    private Reports() {}

    /** A report on 50 pictures each of a cat and a dog, with this number of correct ones. */
    private static EvaluationReport of(int cats, int dogs) {
        Map<Cell, Long> cells = new TreeMap<>();
        add(cells, new Cell(0, 0), cats);
        add(cells, new Cell(0, 1), 50 - cats);
        add(cells, new Cell(1, 1), dogs);
        add(cells, new Cell(1, 0), 50 - dogs);
        List<Calibration.Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < Calibration.BINS; bin++) {
            bins.add(new Calibration.Bin(0, 0, 0));
        }
        EvaluationCounts counts = new EvaluationCounts(
                100,
                100 - cats - dogs,
                0,
                100,
                new ConfusionMatrix(new TreeMap<>(cells)),
                new Calibration(bins),
                NotablePictures.NONE);
        return new EvaluationReport(new EvaluatedData("pets", Split.VALIDATION, "abc"), List.of("cat", "dog"), counts);
    }

    /** The same of a model, which took these pictures for others than its rival. */
    static Judged judged(int cats, int dogs, ChangedPictures changed) {
        return new Judged(
                new RivalEvaluation(of(cats, dogs), Guesses.NONE, changed),
                new Judged.Model(ResNetSpec.cifar(8, Shortcut.A, 2), List.of("cat", "dog"), Optional.empty()));
    }

    static Judged judged(int cats, int dogs) {
        return judged(cats, dogs, ChangedPictures.NONE);
    }

    private static void add(Map<Cell, Long> cells, Cell cell, long count) {
        if (count > 0) {
            cells.put(cell, count);
        }
    }
}
